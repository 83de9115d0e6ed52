//! Old addresses that lead to where a page stands now: codes on walls outlive names of files.

use tera::Context;

use super::{Artifact, Door, Searched, Site, within};
use crate::board::aliases;
use crate::diagnostics::{Failure, Problems};
use crate::privacy::Form;
use crate::views;

/// Makes a small page at every old address. An address that names a page (`old.html`) stands as it is,
/// any other is a folder with an `index.html`.
pub(super) fn make(site: Site<'_>, door: &dyn Door) -> Result<(), Failure> {
    for (alias, target) in aliases(site.board) {
        let address = alias.value.trim_matches('/');
        let is_page = address.ends_with(".html") || address.ends_with(".htm");
        let path = if is_page { address.to_owned() } else { within(address, "index.html") };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut context = Context::new();
        let link = views::root_from(folder) + &views::encode_path(&within(&target, "index.html"));
        context.insert("target", &link);
        context.insert("root", &views::root_from(folder));
        let mut html = Vec::new();
        match site.theme.render("moved.html", &context, &mut html) {
            Ok(()) => {
                let origin = Some(alias.place.file);
                door.leave(Artifact {
                    path: &path,
                    bytes: &html,
                    searched: Searched::Bytes(Form::Html),
                    origin,
                })?;
            }
            Err(fault) => {
                let mut problems = Problems::new();
                problems.add(fault);
                door.report(problems);
            }
        }
    }
    Ok(())
}
