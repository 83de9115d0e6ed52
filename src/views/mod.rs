//! What is shown: one view per page, plain and serialisable, the same for web and paper.
//!
//! A view holds facts, not sentences: words are the theme's.

mod archive;
mod area;
mod audit;
mod contacts;
mod data;
mod explained;
mod frame;
mod hosts;
mod month;
mod notice;
mod owed;
mod paging;
mod postings;
mod programs;
mod reception;
mod results;
mod sheets;
mod subsidies;

pub use archive::{ArchiveView, archive};
pub use area::{AreaView, area};
pub use audit::{Again, AuditCounts, AuditKind, AuditLine, AuditView, Callee, Hangs, audit};
pub use contacts::{CardView, ContactsView, PhoneView, TeamView, card, contacts};
pub use data::{DataFiles, DataView, data};
pub use explained::{Answer, ExplainedDay, ExplainedRule, explain_days};
pub use frame::{AreaLink, Frame, Link, encode_path, frame_of_area, root_from, small_picture, web_address};
pub use hosts::{DutyView, HostDays, host_sessions, hosts, rule_duties};
pub use month::{DayState, DayView, HostView, MonthView, month, months};
pub use notice::{NoticeLink, NoticeView, notice, notice_link};
pub use owed::{
    CellView, LateArea, LateGroup, LateLine, LatestView, Matrix, Names, OwedDuty, OwedItem, OwedView,
    OwnDuty, RowView, SoonView, TableView, WhoView, duties, falling_due, late_in, met_name, owed, shown, who,
};
pub use paging::{Page, PageLink, page_links, split_by_weight};
pub use postings::{
    PostingRecord, PostingView, PostingsView, all_postings, posting_record, postings, postings_shown,
};
pub use programs::{FloorView, FundView, PaymentView, ProgramView, ProgramsView, UseView, programs};
pub use reception::{
    FormView, PlanView, ReceptionView, Replaced, SessionView, next_session, reception, reception_sessions,
};
pub use results::{
    AwardView, BandView, CategoryView, FirstView, GroupView, ItemView, LatestResult, LedgerView, LevelView,
    OwnRank, RankingView, RankingWhole, ResultHead, ResultLink, StepView, StreakView, SurveyView, TallyRow,
    TallyView, TrendCell, TrendRow, TrendView, Turn, UnitView, folder_of_page, latest_results, ledger,
    own_rank, ranking, result_link, tally,
};
pub use sheets::{SheetKind, SheetLink, SheetName, has_sheet, month_of_sheet, sheet_links, sheets_of};
pub use subsidies::{
    ChainLink, DisclosureLink, DisclosureView, Event, Happened, ObjectionsToView, disclosure, disclosure_link,
};
