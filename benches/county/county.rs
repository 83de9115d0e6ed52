//! A synthetic county as a content folder: towns of at most twenty villages, twelve pages a village.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::names::{self, Names};
use crate::random::Random;
use crate::village;

/// Villages of one town, so that no page lists more areas than a person would read.
const VILLAGES_A_TOWN: usize = 20;

/// A folder of the content that is being written.
pub(crate) struct Folder(PathBuf);

impl Folder {
    fn make(path: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    /// The folder `name` in this one.
    pub(crate) fn inside(&self, name: &str) -> io::Result<Self> {
        Self::make(self.0.join(name))
    }

    /// Writes the file `name`.
    pub(crate) fn write(&self, name: &str, text: &str) -> io::Result<()> {
        fs::write(self.0.join(name), text)
    }
}

/// Writes a county with this number of villages to `content`. The same number and seed give the same bytes.
pub(crate) fn generate(villages: usize, seed: u64, content: &Path) -> io::Result<()> {
    let root = Folder::make(content.to_path_buf())?;
    let names = Names::new();
    let towns = villages.div_ceil(VILLAGES_A_TOWN).max(1);
    write_root(&root, &names, seed)?;
    for town in 0..towns {
        let path = format!("zhen-{:03}", town + 1);
        let folder = root.inside(&path)?;
        let town_name = format!("{}镇", names::place(town));
        write_town(&folder, town, &town_name, &names, seed)?;
        let first = town * VILLAGES_A_TOWN;
        for number in first..villages.min(first + VILLAGES_A_TOWN) {
            let slug = format!("cun-{:04}", number + 1);
            let village = village::Village {
                number,
                path: format!("{path}/{slug}"),
                name: format!("{}村", names::place(number)),
                town: &town_name,
            };
            let mut random = Random::new(seed, number as u64);
            village::write(&village, &folder.inside(&slug)?, &names, &mut random)?;
        }
    }
    Ok(())
}

/// A telephone number of area code 0009, which does not exist.
pub(crate) fn phone(number: usize) -> String {
    format!("0009-{:07}", 2_000_000 + number)
}

fn write_root(root: &Folder, names: &Names, seed: u64) -> io::Result<()> {
    root.write(
        "board.toml",
        &format!(
            r#"title    = "清源县政务村务公开栏"
issuer   = "清源县人民政府"
base_url = "https://gongkai.example.org/qingyuan/"
hotline  = "{hotline}"

[contacts]
paired = ["为民服务员"]
"#,
            hotline = phone(0)
        ),
    )?;
    root.write(
        "area.toml",
        &format!(
            "name    = \"清源县\"\nlevel   = \"county\"\naddress = \"清源县城关\"\nphone   = \"{}\"\n",
            phone(1)
        ),
    )?;
    let name = names.person(&mut Random::new(seed, u64::MAX));
    root.write("contacts.toml", &one_contact("xian", &name, "县信访局局长", "清源县信访局", ".", 2))
}

fn write_town(folder: &Folder, town: usize, name: &str, names: &Names, seed: u64) -> io::Result<()> {
    let first_phone = 10 + town * 2;
    folder.write(
        "area.toml",
        &format!(
            "name    = \"{name}\"\nlevel   = \"town\"\naddress = \"{name}街上1号\"\nphone   = \"{}\"\norder   = {}\n",
            phone(first_phone),
            town + 1
        ),
    )?;
    let person = names.person(&mut Random::new(seed, u64::MAX - 1 - town as u64));
    let serves = format!("zhen-{:03}", town + 1);
    let id = format!("{serves}-1");
    folder.write(
        "contacts.toml",
        &one_contact(&id, &person, "镇党委副书记", &format!("{name}党委"), &serves, first_phone + 1),
    )
}

fn one_contact(
    id: &str,
    name: &str,
    position: &str,
    organisation: &str,
    serves: &str,
    number: usize,
) -> String {
    format!(
        r#"updated = 2026-01-10

[[contact]]
id           = "{id}"
name         = "{name}"
position     = "{position}"
organisation = "{organisation}"
duties       = "主持群众工作"
phone        = "{phone}"
serves       = ["{serves}"]
"#,
        phone = phone(number)
    )
}
