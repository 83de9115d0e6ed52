//! One village: six contacts, a reception plan, four disclosures, three rankings, two notices.

use std::fmt::Write;
use std::io;

use crate::county::{Folder, phone};
use crate::names::Names;
use crate::random::Random;
use crate::{disclosures, rankings};

/// The village groups.
pub(crate) const GROUPS: [&str; 4] = ["一组", "二组", "三组", "四组"];

/// Which village is written.
pub(crate) struct Village<'t> {
    /// Its number in the county, from 0.
    pub(crate) number: usize,
    /// Its path from the board's root.
    pub(crate) path: String,
    /// Its name.
    pub(crate) name: String,
    /// The name of its town.
    pub(crate) town: &'t str,
}

impl Village<'_> {
    /// The id of its contact with this number, from 1.
    pub(crate) fn contact(&self, number: usize) -> String {
        format!("cun-{:04}-{number}", self.number + 1)
    }

    /// Its own telephone (0) and those of its contacts.
    pub(crate) fn phone(&self, number: usize) -> String {
        phone(100_000 + self.number * 10 + number)
    }
}

/// Writes the village to its folder.
pub(crate) fn write(
    village: &Village<'_>,
    folder: &Folder,
    names: &Names,
    random: &mut Random,
) -> io::Result<()> {
    folder.write("area.toml", &area(village, random))?;
    folder.write("contacts.toml", &contacts(village, names, random))?;
    folder.write("reception.toml", &reception(village))?;
    disclosures::write(village, &folder.inside("subsidies")?, names, random)?;
    rankings::write(village, &folder.inside("results")?, random)?;
    let notices = folder.inside("notices")?;
    notices.write("2026-11-tingshui.md", &water_notice(village))?;
    notices.write("2026-10-zhangmu.md", &accounts_notice(village, random))
}

fn area(village: &Village<'_>, random: &mut Random) -> String {
    let households = GROUPS.map(|_| random.between(40, 90));
    let Village { name, town, .. } = village;
    let mut text = format!(
        r#"name       = "{name}"
level      = "village"
address    = "{town}{name}村委会"
phone      = "{phone}"
order      = {order}
households = {sum}
groups = [
"#,
        phone = village.phone(0),
        order = village.number + 1,
        sum = households.iter().sum::<u64>(),
    );
    for (group, households) in GROUPS.iter().zip(households) {
        let _ = writeln!(text, "  {{ name = \"{group}\", households = {households} }},");
    }
    text + "]\n"
}

/// Position, duties and role of the six contacts.
const OFFICES: [(&str, &str, &str); 6] = [
    ("村党支部书记", "主持村党支部工作，负责村级重大事项", "党建协助员"),
    ("村委会主任", "主持村委会工作，负责村务公开和集体资金", "矛盾协调员"),
    ("村妇联主席", "联系一组，代办医保和养老认证", "为民服务员"),
    ("驻村干部", "联系二组，主持群众工作站", "为民服务员"),
    ("村会计", "联系三组，补贴名册和村级账目", "为民服务员"),
    ("网格员", "联系四组，环境卫生和道路安全", "为民服务员"),
];

fn contacts(village: &Village<'_>, names: &Names, random: &mut Random) -> String {
    let mut text = "updated = 2026-01-06\n".to_owned();
    let Village { path, name, .. } = village;
    for (number, (position, duties, role)) in (1..).zip(OFFICES) {
        let serves = match number {
            1 | 2 => path.clone(),
            group => format!("{path}/{}", GROUPS[group - 3]),
        };
        let _ = write!(
            text,
            r#"
[[contact]]
id           = "{id}"
name         = "{person}"
position     = "{position}"
organisation = "{name}村委会"
duties       = "{duties}"
phone        = "{phone}"
serves       = ["{serves}"]
roles        = ["{role}"]
"#,
            id = village.contact(number),
            person = names.person(random),
            phone = village.phone(number),
        );
    }
    let [head, deputy, third, fourth] = [1, 2, 3, 4].map(|number| village.contact(number));
    let _ = write!(
        text,
        r#"
[[team]]
title    = "{name}群众工作站"
head     = "{head}"
deputies = ["{deputy}"]
members  = ["{deputy}", "{third}", "{fourth}"]
size     = [3, 5]
phone    = "{phone}"
office   = "{name}村委会一楼东屋"
mailbox  = "村委会门口服务信箱"
year     = 2026
"#,
        phone = village.phone(1),
    );
    text
}

/// Some thirty reception days: two Wednesdays a month, and the 20th where that is no weekend.
fn reception(village: &Village<'_>) -> String {
    let [first, second, third, fourth, fifth] = [1, 2, 3, 4, 5].map(|number| village.contact(number));
    let name = &village.name;
    format!(
        r#"title        = "{name}2026年干部接访日安排"
from         = 2026-02-01
to           = 2026-12-31
published    = 2026-01-05
told_days    = 2
place        = "{name}村委会一楼接待室"
registration = "先到村委会登记，按登记先后接待"

[[session]]
id         = "{slug}-lunliu"
title      = "村干部轮流接访"
days       = {{ weekday = "wednesday", nth = [1, 3] }}
on_holiday = "skip"
hours      = ["08:30-11:30"]
form       = "fixed"
hosts      = ["{first}", "{second}", "{third}"]
with       = ["群众工作站"]

[[session]]
id         = "{slug}-butie"
title      = "涉农补贴专题接访"
days       = {{ month_day = 20 }}
on_holiday = "skip"
on_weekend = "skip"
hours      = ["14:30-17:00"]
form       = "thematic"
topic      = "涉农补贴"
hosts      = [{{ id = "{fifth}", topic = "耕地补贴" }}, {{ id = "{fourth}", topic = "低保和临时救助" }}]
"#,
        slug = village.contact(0),
    )
}

fn water_notice(village: &Village<'_>) -> String {
    let phone = village.phone(6);
    format!(
        r#"+++
title = "一组、二组停水通知"
date  = 2026-11-20
until = 2026-11-24
+++
因主管道检修，11月23日（星期一）8时至18时，{name}一组、二组停水，三组、四组不受影响。

请提前存好生活用水，出门前关好水龙头。老人独自在家、存水不方便的，请告诉网格员：[{phone}](tel:{phone})，我们送水上门。

天气不好就顺延一天，届时用广播另行通知。
"#,
        name = village.name,
    )
}

fn accounts_notice(village: &Village<'_>, random: &mut Random) -> String {
    let mut text = format!(
        r#"+++
title = "2026年10月村集体账目"
date  = 2026-11-05
+++
{name}10月份集体收支已由村务监督委员会审核，现予公布。对账目有疑问的，请在本月内到**村会计**处查对。

| 项目 | 收入（元） | 支出（元） |
|---|---|---|
"#,
        name = village.name,
    );
    for item in ["山塘承包", "机动地租金", "公益岗位补助", "路灯电费", "垃圾清运", "水渠清淤", "老人活动室"]
    {
        let (income, spent) = (random.between(0, 90) * 100, random.between(1, 60) * 50);
        let _ = writeln!(text, "| {item} | {income}.00 | {spent}.00 |");
    }
    text + "\n- 原始凭证存村委会，随时可以查看\n- 上月账目见档案\n"
}
