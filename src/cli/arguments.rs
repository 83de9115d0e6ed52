//! What can be typed.

use std::path::PathBuf;

use chrono::{FixedOffset, NaiveDate};
use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::diagnostics::Language;
use crate::kinds::settings::Paper;
use crate::views::SheetKind;

/// 公示栏静态网站生成器 / a static-site generator for public disclosure boards.
#[derive(Debug, Parser)]
#[command(name = "gongshi", version = version(), max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) common: Common,
}

/// More threads than any machine of a town has: a slip of the finger must not stop it.
pub(super) const MOST_JOBS: i64 = 256;

/// Options of every command.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// 按这一天生成，默认今天（北京时间） / the day to build for, by default today in China
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<NaiveDate>,
    /// 提示语言 / language of messages, by default from the locale
    #[arg(long, global = true, value_enum)]
    lang: Option<Lang>,
    /// 线程数 / number of threads
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=MOST_JOBS))]
    pub(super) jobs: Option<u16>,
    /// 有警告也算失败 / warnings count as errors
    #[arg(long, global = true)]
    pub(super) strict: bool,
    /// 只报告问题，不说别的 / print problems and nothing else
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    Zh,
    En,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 新建一个可以直接生成的示例公示栏 / make a working example board
    New(New),
    /// 检查内容，列出全部问题，不写任何文件 / find every problem, write nothing
    Check(Check),
    /// 生成网站 / build the site
    Build(Build),
    /// 列出一个地区的接访日，或者说明理由 / list the reception days of an area, or say why they are
    Reception(Reception),
    /// 把一张原始表格导入内容文件夹，去掉不能公开的列 / make a clean table out of a workbook, private columns dropped
    Import(Import),
    /// 打印一个地区的张贴件 / print the sheets of an area
    Print(Print),
    /// 今天该贴的、该取下的、逾期的 / what to hang up, what to take down, what is late
    #[command(after_help = AUDIT_STRICT)]
    Audit(Audit),
    /// 两次发布之间变了什么 / what has changed between two published folders
    Diff(Diff),
    /// 核对已发布的文件夹 / compare a published folder with its manifest
    Verify(Verify),
    /// 解释一条提示 / help on a diagnostic
    Explain(Explain),
    /// 生成命令补全脚本 / print shell completions
    Completions {
        /// bash, zsh, fish …
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// 新文件夹 / the new folder, which must be empty
    pub(super) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// 内容文件夹 / the content folder
    #[arg(default_value = "content")]
    pub(super) content: PathBuf,
    /// 输出格式 / how problems are printed
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: Format,
    /// 和发布过的文件夹比：公示期里的名单有没有改动 / a published folder: has what is open been changed
    #[arg(long, value_name = "DIR")]
    pub(super) against: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Build {
    /// 内容文件夹 / the content folder
    #[arg(default_value = "content")]
    pub(super) content: PathBuf,
    /// 发布到哪个文件夹 / the folder to publish in
    #[arg(long, default_value = "public")]
    pub(super) out: PathBuf,
    /// 不生成张贴件 / make no sheets
    #[arg(long)]
    pub(super) no_sheets: bool,
}

#[derive(Debug, Args)]
pub(super) struct Reception {
    /// 地区：从内容文件夹起的路径，最上面的写 . / the area: its path from the content folder, . for the topmost
    pub(super) area: String,
    /// 从哪天起，默认从今天（--date） / the first day, by default that of --date
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(super) from: Option<NaiveDate>,
    /// 到哪天止，默认到安排的最后一天 / the last day, by default the last of the plans
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(super) to: Option<NaiveDate>,
    /// 逐日说明为什么是或者不是接访日 / say of each planned day why it is a session or is none
    #[arg(long)]
    pub(super) explain: bool,
    /// 内容文件夹 / the content folder
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub(super) content: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// 原始表格 / the workbook: XLSX, XLS, ODS or CSV
    pub(super) file: PathBuf,
    /// 里面是什么 / what it is
    #[arg(long = "as", value_enum, value_name = "KIND")]
    pub(super) kind: Kind,
    /// 导入到哪个地区：从内容文件夹起的路径，最上面的写 . / the area: its path from the content folder, . for the topmost
    #[arg(long, value_name = "AREA")]
    pub(super) into: String,
    /// 写成什么文件名（不带后缀），默认与原表同名 / the name of the files written, by default that of the workbook
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// 用哪个工作表 / which sheet of the workbook
    #[arg(long, value_name = "SHEET")]
    pub(super) sheet: Option<String>,
    /// 另外保留这一列，可以写几次 / keep this column too; may be given several times
    #[arg(long, value_name = "HEADING")]
    pub(super) keep: Vec<String>,
    /// 内容文件夹 / the content folder
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub(super) content: PathBuf,
}

/// What a workbook is imported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// 联系卡 / contact cards
    Contacts,
    /// 补贴名单 / recipients of a subsidy
    Recipients,
    /// 考核成绩 / scores of a ranking
    Scores,
}

impl Kind {
    /// Its name in lists.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Recipients => "recipients",
            Self::Scores => "scores",
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Print {
    /// 地区：从内容文件夹起的路径，最上面的写 . / the area: its path from the content folder, . for the topmost
    pub(super) area: String,
    /// 只要这一种 / only sheets of this kind
    #[arg(long, value_enum, value_name = "KIND")]
    pub(super) sheet: Option<SheetKind>,
    /// 纸张，默认按 board.toml / the paper, by default that of board.toml
    #[arg(long, value_enum, value_name = "PAPER")]
    pub(super) paper: Option<PaperSize>,
    /// 只要今天该去贴的，合成一份 / only what is to be hung up today, in one document
    #[arg(long, conflicts_with = "sheet")]
    pub(super) due: bool,
    /// 联系卡印多少份：households 是每户一张 / how many contact cards: one for each household
    #[arg(long, value_enum, value_name = "COPIES")]
    pub(super) copies: Option<Copies>,
    /// 写到哪个文件夹 / the folder to write to
    #[arg(long, value_name = "DIR", default_value = "sheets")]
    pub(super) out: PathBuf,
    /// 内容文件夹 / the content folder
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub(super) content: PathBuf,
}

/// Kinds of sheets are typed by the names that they have everywhere.
impl ValueEnum for SheetKind {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// A size of paper, as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum PaperSize {
    #[value(name = "A4", alias = "a4")]
    A4,
    #[value(name = "A3", alias = "a3")]
    A3,
    #[value(name = "A2", alias = "a2")]
    A2,
}

impl From<PaperSize> for Paper {
    fn from(paper: PaperSize) -> Self {
        match paper {
            PaperSize::A4 => Self::A4,
            PaperSize::A3 => Self::A3,
            PaperSize::A2 => Self::A2,
        }
    }
}

/// How many contact cards.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Copies {
    Households,
}

/// For so many days ahead things are listed: a year.
pub(super) const MOST_DAYS_AHEAD: i64 = 366;

/// What `--strict` means here: it is another thing than elsewhere.
const AUDIT_STRICT: &str = "audit --strict：有逾期的，退出码是1；警告不算 / \
    with --strict the exit status is 1 when something is late; warnings do not count";

#[derive(Debug, Args)]
pub(super) struct Audit {
    /// 地区，连同下面的：从内容文件夹起的路径，默认是全部（.） / the area, with all that lie in it; by default all
    #[arg(default_value = ".")]
    pub(super) area: String,
    /// 再看往后这么多天（0–366）：要贴的、要取下的、到期的、随时要公开的
    /// / also so many days ahead (0–366), and what is due at any time
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true,
        value_parser = clap::value_parser!(u16).range(0..=MOST_DAYS_AHEAD))]
    pub(super) due: Option<u16>,
    /// 输出格式 / how the lists are printed
    #[arg(long, value_enum, default_value = "table")]
    pub(super) format: AuditFormat,
    /// 内容文件夹 / the content folder
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub(super) content: PathBuf,
}

/// How the lists of an audit are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AuditFormat {
    Table,
    Json,
    Csv,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// 以前发布的文件夹 / the folder published before
    pub(super) old: PathBuf,
    /// 现在发布的文件夹 / the folder published now
    pub(super) new: PathBuf,
    /// 输出格式 / how changes are printed
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// 已发布的文件夹 / the published folder
    pub(super) dir: PathBuf,
    /// 按墙上张贴件的数据编号查找 / find the sheet on the wall by the number of its data
    #[arg(long, value_name = "FINGERPRINT")]
    pub(super) sheet: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// 提示的代号，如 total-differs / the name of a diagnostic
    pub(super) code: String,
}

impl Common {
    /// The day to build for.
    #[expect(clippy::disallowed_methods, reason = "the one place where the day of the clock comes in")]
    pub(super) fn day(&self) -> NaiveDate {
        self.date.unwrap_or_else(|| {
            let china = FixedOffset::east_opt(8 * 3600);
            let now = chrono::Utc::now();
            china.map_or_else(|| now.date_naive(), |china| now.with_timezone(&china).date_naive())
        })
    }

    /// The language of messages: as asked for, else by the locale, else Chinese.
    pub(super) fn language(&self) -> Language {
        language(self.lang)
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the locale comes in")]
fn language(asked: Option<Lang>) -> Language {
    match asked {
        Some(Lang::Zh) => Language::Chinese,
        Some(Lang::En) => Language::English,
        None => {
            let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .filter_map(|name| std::env::var(name).ok())
                .find(|locale| !locale.is_empty());
            match locale {
                Some(locale) if locale.starts_with("en") => Language::English,
                _ => Language::Chinese,
            }
        }
    }
}

/// The language of messages where the arguments as a whole cannot be understood.
pub(super) fn language_as_typed() -> Language {
    let typed: Vec<String> =
        std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let after = typed.windows(2).find_map(|pair| match pair {
        [option, language] if option == "--lang" => Some(language.as_str()),
        _ => None,
    });
    let asked = after.or_else(|| typed.iter().find_map(|argument| argument.strip_prefix("--lang=")));
    language(asked.and_then(|asked| Lang::from_str(asked, false).ok()))
}

/// A day, written as `2026-11-22` and in no other way: options stand in scripts, where a slip is seen by nobody.
fn day(written: &str) -> Result<NaiveDate, NotADay> {
    let is_sign =
        |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    let is_whole = written.len() == 10 && written.bytes().enumerate().all(is_sign);
    let day = NaiveDate::parse_from_str(written, "%Y-%m-%d").ok();
    day.filter(|_| is_whole).ok_or(NotADay)
}

/// Something that is no day was written where one is asked for. Its words are those of `not-a-day`.
#[derive(Debug)]
struct NotADay;

impl std::fmt::Display for NotADay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not-a-day")
    }
}

impl std::error::Error for NotADay {}

/// The version, with the years whose holidays are known.
fn version() -> String {
    let calendar = crate::calendar::StatutoryCalendar::built_in();
    let years: Vec<i32> = calendar.years().map(|(year, _)| year).collect();
    let (first, last) = (years.first().copied().unwrap_or(0), years.last().copied().unwrap_or(0));
    format!("{}\n法定节假日 / statutory calendar: {first}–{last}", crate::VERSION)
}
