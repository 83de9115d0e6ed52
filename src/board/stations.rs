//! Whether the stations of areas are there, and have what a station must have (七有).

use crate::diagnostics::{Code, Diagnostic, Place, Problems};
use crate::kinds::AreaRecords;
use crate::kinds::area::Area;
use crate::kinds::contacts::Team;
use crate::kinds::settings::{Settings, Stations};

const STATION_LACKS: Code = Code::warning("station-lacks");
const STATION_UNKNOWN: Code = Code::warning("station-unknown");
const AREA_WITHOUT_STATION: Code = Code::warning("area-without-station");

/// Checks the stations of all areas, where the board says what a station is.
pub(super) fn check(areas: &[AreaRecords], settings: &Settings, problems: &mut Problems) {
    let Some(stations) = &settings.stations else { return };
    let complete = areas.iter().all(|records| records.contacts.is_complete());
    if complete {
        check_areas(areas, stations, problems);
    }
    let teams = areas.iter().flat_map(|records| &records.contacts.teams);
    for team in teams.filter(|team| is_station(team, stations)) {
        let lacks = stations.has.iter().filter(|one| !team.has.contains(*one));
        let lacks: Vec<&str> = lacks.map(String::as_str).collect();
        if !lacks.is_empty() {
            let problem = Diagnostic::new(STATION_LACKS, team.place).with("title", &team.title);
            problems.add(problem.with("count", lacks.len()).with("lacks", lacks.join(", ")));
        }
    }
}

/// Where one area of a level has a station, all of that level have one; a title that no team has is a slip.
fn check_areas(areas: &[AreaRecords], stations: &Stations, problems: &mut Problems) {
    let has = |records: &AreaRecords| records.contacts.teams.iter().any(|team| is_station(team, stations));
    let described = || areas.iter().filter_map(|records| Some((records, records.area.as_ref()?)));
    let with: Vec<_> =
        described().filter(|(records, _)| has(records)).map(|(_, area): (_, &Area)| area.level).collect();
    if with.is_empty() {
        let title = &stations.title;
        problems.add(Diagnostic::new(STATION_UNKNOWN, title.place).with("title", &title.value));
    }
    for (_, area) in described().filter(|(records, area)| with.contains(&area.level) && !has(records)) {
        let problem = Diagnostic::new(AREA_WITHOUT_STATION, Place::file(area.file));
        problems.add(problem.with("name", &area.name).with("title", &stations.title.value));
    }
}

fn is_station(team: &Team, stations: &Stations) -> bool {
    team.title.ends_with(&stations.title.value)
}
