//! Areas (`area.toml`): a county, a town, a village or a community.

use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::source::parse::located;
use crate::source::parse::{address_text, one_of, phone, text, whole};
use crate::source::{Fields, Located, Reading, Table, read_toml};
use crate::values::Phone;

const GROUPS_DIFFER: Code = Code::error("households-differ");
const DUPLICATE_GROUP: Code = Code::error("duplicate-group");

/// What `area.toml` says of an area.
#[derive(Clone, Debug)]
pub struct Area {
    /// Name, such as 柳塘村.
    pub name: String,
    /// What kind of area it is.
    pub level: Level,
    /// Address of its office.
    pub address: Option<String>,
    /// Telephone of its office.
    pub phone: Option<Phone>,
    /// Its order among its siblings; those without come last, by name.
    pub order: Option<u32>,
    /// Number of households.
    pub households: Option<u32>,
    /// Village groups (村民小组).
    pub groups: Vec<Group>,
    /// Whether its groups may stand under a misspelt key: none can be called unknown then.
    pub groups_unread: bool,
    /// Old addresses that lead here.
    pub aliases: Vec<Located<String>>,
    /// Where it is described.
    pub file: FileId,
}

/// A village group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Name, such as 一组.
    pub name: String,
    /// Number of households.
    pub households: Option<u32>,
    /// Where it is written.
    pub place: Place,
}

/// The level of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 县
    County,
    /// 镇, 乡, 街道
    Town,
    /// 村
    Village,
    /// 社区
    Community,
}

/// The levels, by their names in content.
pub(super) const LEVELS: [(&str, Level); 4] = [
    ("county", Level::County),
    ("town", Level::Town),
    ("village", Level::Village),
    ("community", Level::Community),
];

/// Reads an `area.toml`.
pub fn read(file: FileId, reading: &mut Reading<'_>) -> Option<Area> {
    let source = reading.text(file)?;
    let problems = &mut reading.problems;
    let table = read_toml(&source, 0, file, problems)?;
    let mut fields = Fields::new(&table, problems);
    let name = fields.required("name", text);
    let level = fields.required("level", one_of(&LEVELS));
    let address = fields.optional("address", text);
    let phone = fields.optional("phone", phone);
    let order = fields.optional("order", whole(0, 1_000_000));
    let households = fields.optional("households", located(whole(0, 10_000_000)));
    let groups = fields.tables("groups", group);
    let aliases = fields.list("aliases", located(address_text));
    let meant = fields.finish();
    check_groups(households, &groups, problems);
    Some(Area {
        name: name?,
        level: level?,
        address,
        phone,
        order,
        households: households.map(|households| households.value),
        groups,
        groups_unread: meant.includes("groups"),
        aliases,
        file,
    })
}

fn group(table: &Table<'_>, problems: &mut Problems) -> Option<Group> {
    let mut fields = Fields::new(table, problems);
    let name = fields.required("name", text);
    let households = fields.optional("households", whole(0, 10_000_000));
    fields.finish();
    Some(Group { name: name?, households, place: table.place })
}

/// Group names are unique, and their households sum up to the area's where all are stated.
fn check_groups(households: Option<Located<u32>>, groups: &[Group], problems: &mut Problems) {
    for (index, group) in groups.iter().enumerate() {
        if let Some(first) = groups.iter().take(index).find(|first| first.name == group.name) {
            problems.add(
                Diagnostic::new(DUPLICATE_GROUP, group.place).with("name", &group.name).and(first.place),
            );
        }
    }
    let sum: Option<u64> = groups.iter().map(|group| group.households.map(u64::from)).sum();
    if let (Some(stated), Some(sum), false) = (households, sum, groups.is_empty())
        && u64::from(stated.value) != sum
    {
        let problem = Diagnostic::new(GROUPS_DIFFER, stated.place);
        problems.add(problem.with("stated", stated.value).with("computed", sum));
    }
}

impl Area {
    /// The group called `name`.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == name)
    }
}
