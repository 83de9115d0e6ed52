//! Three rankings of twenty units, whose stated scores and ranks are those that the rules give.

use std::fmt::Write;
use std::io;

use crate::county::Folder;
use crate::random::Random;
use crate::village::Village;

/// Units of one ranking.
const UNITS: usize = 20;

struct Plan {
    name: &'static str,
    title: &'static str,
    period: &'static str,
    date: &'static str,
    inspected: &'static str,
}

const PLANS: [Plan; 3] = [
    Plan {
        name: "2026-q3-huanjing",
        title: "2026年第三季度网格人居环境考核结果",
        period: "2026-Q3",
        date: "2026-10-12",
        inspected: "2026-09-23",
    },
    Plan {
        name: "2026-h1-fuwu",
        title: "2026年上半年网格便民服务评比结果",
        period: "2026-H1",
        date: "2026-07-10",
        inspected: "2026-06-26",
    },
    Plan {
        name: "2026-10-xuncha",
        title: "2026年10月网格巡查结果",
        period: "2026-10",
        date: "2026-11-06",
        inspected: "2026-10-28",
    },
];

/// Writes the three rankings of a village.
pub(crate) fn write(village: &Village<'_>, folder: &Folder, random: &mut Random) -> io::Result<()> {
    for plan in &PLANS {
        folder.write(&format!("{}.csv", plan.name), &table(random))?;
        folder.write(&format!("{}.toml", plan.name), &document(village, plan))?;
    }
    Ok(())
}

/// Marks of one unit, in tenths: on the spot, and by three inspections.
type Marks = (u64, [u64; 3]);

/// 0.9 × the mark on the spot + 0.1 × the mean of the three, in hundredths, rounded half up.
fn score((spot, inspections): Marks) -> u64 {
    (270 * spot + 10 * inspections.iter().sum::<u64>() + 15) / 30
}

fn table(random: &mut Random) -> String {
    let mut mark = || random.between(720, 995);
    let marks: Vec<Marks> = (0..UNITS).map(|_| (mark(), [mark(), mark(), mark()])).collect();
    let scores: Vec<u64> = marks.iter().copied().map(score).collect();
    let mut text = "网格,现场分,第一次检查,第二次检查,第三次检查,得分,名次\n".to_owned();
    for (number, ((spot, inspections), score)) in (1..).zip(marks.iter().zip(&scores)) {
        let [first, second, third] = inspections.map(tenths);
        let rank = 1 + scores.iter().filter(|other| *other > score).count();
        let _ = writeln!(
            text,
            "第{number}网格,{spot},{first},{second},{third},{whole}.{rest:02},{rank}",
            spot = tenths(*spot),
            whole = score / 100,
            rest = score % 100,
        );
    }
    text
}

fn tenths(mark: u64) -> String {
    format!("{}.{}", mark / 10, mark % 10)
}

fn document(village: &Village<'_>, plan: &Plan) -> String {
    let Plan { name, title, period, date, inspected } = plan;
    format!(
        r#"title     = "{village}{title}"
kind      = "ranking"
date      = {date}
period    = "{period}"
table     = "{name}.csv"
item      = "网格考核"
count     = {UNITS}
inspected = {inspected}
by        = ["村务监督委员会", "村民代表"]
unit      = "网格"

[score]
places = 2
min    = "0"
max    = "100"
parts = [
  {{ column = "现场分", weight = "0.9" }},
  {{ mean = ["第一次检查", "第二次检查", "第三次检查"], weight = "0.1" }},
]

[rank]
ties = "competition"
"#,
        village = village.name,
    )
}
