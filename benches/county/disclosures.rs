//! Four disclosures of fifty recipients; all show their rows on the benchmark's day.

use std::fmt::Write;
use std::io;

use crate::county::Folder;
use crate::names::Names;
use crate::random::Random;
use crate::village::{GROUPS, Village};

/// Recipients of one disclosure.
const RECIPIENTS: usize = 50;

/// What differs between the four.
struct Plan {
    name: &'static str,
    title: &'static str,
    item: &'static str,
    stage: &'static str,
    start: &'static str,
    end: &'static str,
    taken_down: Option<&'static str>,
    decision: Option<&'static str>,
    money: Money,
}

/// How an amount comes about, in fen.
enum Money {
    /// A monthly standard for each person of the household.
    PerPerson(u64),
    /// An amount of its own, in steps of ten yuan up to so many.
    Single(u64),
    /// A standard for each mu, of which tenths are counted.
    PerMu(u64),
}

/// On 2026-11-22: open, closed, confirmed, paid.
const PLANS: [Plan; 4] = [
    Plan {
        name: "2026-dibao-q4",
        title: "2026年第四季度农村低保动态调整公示",
        item: "农村低保",
        stage: "proposed",
        start: "2026-11-18",
        end: "2026-11-24",
        taken_down: None,
        decision: None,
        money: Money::PerPerson(33_500),
    },
    Plan {
        name: "2026-linshi-11",
        title: "2026年11月临时救助公示",
        item: "临时救助",
        stage: "proposed",
        start: "2026-11-09",
        end: "2026-11-15",
        taken_down: Some("2026-11-16"),
        decision: None,
        money: Money::Single(300),
    },
    Plan {
        name: "2026-gaoling-h2",
        title: "2026年下半年高龄津贴公示",
        item: "高龄津贴",
        stage: "proposed",
        start: "2026-10-28",
        end: "2026-11-03",
        taken_down: Some("2026-11-04"),
        decision: Some("2026-11-12"),
        money: Money::PerPerson(10_000),
    },
    Plan {
        name: "2026-gengdi",
        title: "2026年耕地地力保护补贴发放公示",
        item: "耕地地力保护补贴",
        stage: "paid",
        start: "2026-11-06",
        end: "2026-11-12",
        taken_down: Some("2026-11-13"),
        decision: Some("2026-11-16"),
        money: Money::PerMu(8_200),
    },
];

/// Writes the four disclosures of a village.
pub(crate) fn write(
    village: &Village<'_>,
    folder: &Folder,
    names: &Names,
    random: &mut Random,
) -> io::Result<()> {
    for plan in &PLANS {
        let (table, total) = table(village, plan, names, random);
        folder.write(&format!("{}.csv", plan.name), &table)?;
        folder.write(&format!("{}.toml", plan.name), &document(village, plan, total))?;
    }
    Ok(())
}

/// The rows, and their total in fen.
fn table(village: &Village<'_>, plan: &Plan, names: &Names, random: &mut Random) -> (String, u64) {
    let measured = !matches!(plan.money, Money::Single(_));
    let mut text = "序号,户号,姓名,村组,人数,金额（元）\n".to_owned();
    if measured {
        text = "序号,户号,姓名,村组,标准,数量,金额（元）\n".to_owned();
    }
    let mut total = 0;
    for (number, recipient) in (1..).zip(names.recipients(RECIPIENTS, GROUPS.len(), random)) {
        let (how, amount) = match plan.money {
            Money::PerPerson(standard) => {
                let persons = random.between(1, 4);
                (format!("{},{persons}", yuan(standard)), standard * persons)
            }
            Money::Single(most) => (random.between(1, 5).to_string(), random.between(20, most) * 1000),
            Money::PerMu(standard) => {
                let tenths = random.between(5, 120);
                (format!("{},{}.{}", yuan(standard), tenths / 10, tenths % 10), standard / 10 * tenths)
            }
        };
        total += amount;
        let _ = writeln!(
            text,
            "{number},{household:04}-{number:03},{name},{group},{how},{amount}",
            household = village.number + 1,
            name = recipient.name,
            group = GROUPS[recipient.group],
            amount = yuan(amount),
        );
    }
    let blank = if measured { ",,,,,," } else { ",,,,," };
    let _ = writeln!(text, "合计{blank}{}", yuan(total));
    (text, total)
}

fn document(village: &Village<'_>, plan: &Plan, total: u64) -> String {
    let Plan { name, title, item, stage, start, end, .. } = plan;
    let mut text = format!(
        r#"title      = "{village}{title}"
item       = "{item}"
stage      = "{stage}"
authority  = "{town}人民政府"
basis      = "村民代表会议评议，镇人民政府审核"
table      = "{name}.csv"
total      = "{total}"
count      = {RECIPIENTS}
households = {RECIPIENTS}

[notice_period]
start = {start}
days  = 7
end   = {end}

[posting]
place   = "{village}村务公开栏"
by      = "{by}"
witness = "村务监督委员会"
on      = {start}
"#,
        village = village.name,
        town = village.town,
        total = yuan(total),
        by = village.contact(5),
    );
    if let Some(off) = plan.taken_down {
        let _ = writeln!(text, "off     = {off}");
    }
    if *stage == "proposed" {
        let _ = write!(
            text,
            "\n[objections]\nto    = \"{town}民政办\"\nphone = \"{phone}\"\nplace = \"镇政府二楼203室\"\n",
            town = village.town,
            phone = village.phone(7),
        );
    }
    if let Some(date) = plan.decision {
        let _ = write!(text, "\n[decision]\ndate     = {date}\ndocument = \"清政发〔2026〕31号\"\n");
    }
    text
}

/// Fen as yuan with two digits.
fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}
