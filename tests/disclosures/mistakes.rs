//! The sound board, and each mistake that is made in it.

pub(super) const LIST: &str = "subsidies/a.toml";
pub(super) const ROWS: &str = "subsidies/a.csv";
pub(super) const PROGRAMS: &str = "programs.toml";
pub(super) const AREA: &str = "area.toml";

/// A sound board: one list, one program, one fund.
pub(super) const SOUND: [(&str, &str); 4] = [
    (AREA, "name = \"云溪镇\"\nlevel = \"town\"\ngroups = [{ name = \"一组\" }, { name = \"二组\" }]\n"),
    (
        LIST,
        "title = \"救助公示\"\nstage = \"proposed\"\nauthority = \"镇政府\"\ntable = \"a.csv\"\nprogram = \"edu\"\n\n\
         [notice_period]\nstart = 2026-11-01\n\n[objections]\nto = \"民政办\"\n\n[posting]\non = 2026-11-01\nplace = \"公示栏\"\nby = \"zhou\"\n",
    ),
    (ROWS, "序号,户号,姓名,村组,标准,数量,金额\n1,A,张小明,一组,500,1,500.00\n2,B,李红,二组,500,1,500.00\n"),
    (
        PROGRAMS,
        "[[program]]\nid = \"edu\"\ntitle = \"教育补助\"\nfrom = 2026-01-01\namount = \"500.00\"\nfund = \"help\"\n\n\
         [[fund]]\nid = \"help\"\ntitle = \"帮扶基金\"\nyear = 2026\nopening = \"1000.00\"\n",
    ),
];

/// What is changed of the sound board: a file, what stands there, and what comes in its place; where nothing stands
/// there, the text comes at the end, or is a new file.
pub(super) type Change = (&'static str, &'static str, &'static str);

/// A mistake: its code, its place, and how it is made.
pub(super) type Mistake = (&'static str, &'static str, &'static [Change]);

pub(super) const PAID: &str = "title = \"发放\"\nstage = \"paid\"\nauthority = \"镇政府\"\ntable = \"a.csv\"\nfollows = \"a\"\n\
    [decision]\ndate = 2026-11-20\n";
pub(super) const AGAIN: &str = "title = \"再公示\"\nstage = \"proposed\"\nauthority = \"镇政府\"\ntable = \"a.csv\"\n\
    [notice_period]\nstart = 2026-11-12\n[objections]\nto = \"民政办\"\n[posting]\non = 2026-11-12\nplace = \"公示栏\"\nby = \"zhou\"\n";
pub(super) const UPHELD: Change = (
    LIST,
    "",
    "\n[[objection]]\nreceived = 2026-11-03\noutcome = \"upheld\"\ndecided = 2026-11-09\nreposted = \"b\"\n",
);

pub(super) const HISTORIES: &[Mistake] = &[
    (
        "period-end-differs",
        "subsidies/a.toml:9:7",
        &[(LIST, "start = 2026-11-01\n", "start = 2026-11-01\nend = 2026-11-08\n")],
    ),
    (
        "period-needs-year",
        "subsidies/a.toml:8:9",
        &[(LIST, "start = 2026-11-01", "start = 2999-12-28\nroll = true")],
    ),
    (
        "period-or-decision-missing",
        "subsidies/b.toml",
        &[("subsidies/b.toml", "", PAID), ("subsidies/b.toml", "[decision]\ndate = 2026-11-20\n", "")],
    ),
    ("decision-before-end", "subsidies/a.toml:19:8", &[(LIST, "", "\n[decision]\ndate = 2026-11-06\n")]),
    (
        "objection-before-start",
        "subsidies/a.toml:19:12",
        &[(LIST, "", "\n[[objection]]\nreceived = 2026-10-31\n")],
    ),
    (
        "decided-before-received",
        "subsidies/a.toml:21:11",
        &[(
            LIST,
            "",
            "\n[[objection]]\nreceived = 2026-11-05\noutcome = \"rejected\"\ndecided = 2026-11-04\n",
        )],
    ),
    (
        "decided-but-pending",
        "subsidies/a.toml:20:11",
        &[(LIST, "", "\n[[objection]]\nreceived = 2026-11-05\ndecided = 2026-11-06\n")],
    ),
    (
        "objection-decided-late",
        "subsidies/a.toml:19:12",
        &[(
            LIST,
            "",
            "\n[[objection]]\nreceived = 2026-11-03\noutcome = \"rejected\"\ndecided = 2026-11-18\n",
        )],
    ),
    (
        "decided-under-review",
        "subsidies/a.toml:22:8",
        &[(LIST, "", "\n[[objection]]\nreceived = 2026-11-03\n\n[decision]\ndate = 2026-11-10\n")],
    ),
    (
        "deadline-unknown",
        "subsidies/a.toml:18:1",
        &[(LIST, "", "\n[[step]]\ntitle = \"甲\"\nreceived = 2026-11-10\nwithin_workdays = 3650\n")],
    ),
    ("unknown-disclosure", "subsidies/a.toml:22:12", &[UPHELD]),
    ("reposted-to-itself", "subsidies/a.toml:22:12", &[UPHELD, (LIST, "\"b\"", "\"a\"")]),
    (
        "reposted-before-decided",
        "subsidies/a.toml:22:12",
        &[UPHELD, ("subsidies/b.toml", "", AGAIN), (LIST, "decided = 2026-11-09", "decided = 2026-11-13")],
    ),
    (
        "reposted-not-upheld",
        "subsidies/a.toml:22:12",
        &[UPHELD, (LIST, "upheld", "rejected"), ("subsidies/b.toml", "", AGAIN)],
    ),
    (
        "reposted-other-stage",
        "subsidies/a.toml:22:12",
        &[UPHELD, ("subsidies/b.toml", "", AGAIN), ("subsidies/b.toml", "proposed", "terminating")],
    ),
    (
        "decided-though-reposted",
        "subsidies/a.toml:25:8",
        &[UPHELD, ("subsidies/b.toml", "", AGAIN), (LIST, "", "\n[decision]\ndate = 2026-11-12\n")],
    ),
    (
        "follows-reposted",
        "subsidies/c.toml:5:11",
        &[UPHELD, ("subsidies/b.toml", "", AGAIN), ("subsidies/c.toml", "", PAID)],
    ),
    (
        "stage-not-later",
        "subsidies/b.toml:5:11",
        &[("subsidies/b.toml", "", PAID), ("subsidies/b.toml", "\"a\"\n", "\"b\"\n")],
    ),
    (
        "follows-before-end",
        "subsidies/b.toml:5:11",
        &[("subsidies/b.toml", "", PAID), ("subsidies/b.toml", "2026-11-20", "2026-11-06")],
    ),
    (
        "followed-twice",
        "subsidies/c.toml:5:11",
        &[("subsidies/b.toml", "", PAID), ("subsidies/c.toml", "", PAID)],
    ),
    (
        "taper-without-end",
        "subsidies/a.toml:20:16",
        &[(LIST, "", "\n[decision]\ndate = 2026-11-10\ntaper_months = 1\n")],
    ),
    (
        "steps-out-of-order",
        "subsidies/a.toml:24:6",
        &[(
            LIST,
            "",
            "\n[[step]]\ntitle = \"甲\"\non = 2026-11-10\n\n[[step]]\ntitle = \"乙\"\non = 2026-11-09\n",
        )],
    ),
    (
        "step-after-decision",
        "subsidies/a.toml:20:6",
        &[(LIST, "", "\n[[step]]\ntitle = \"甲\"\non = 2026-11-11\n\n[decision]\ndate = 2026-11-10\n")],
    ),
    (
        "step-late",
        "subsidies/a.toml:21:6",
        &[(
            LIST,
            "",
            "\n[[step]]\ntitle = \"甲\"\nreceived = 2026-11-02\non = 2026-11-17\nwithin_workdays = 10\n",
        )],
    ),
    (
        "sampled-too-many",
        "subsidies/a.toml:21:11",
        &[(LIST, "", "\n[[step]]\ntitle = \"甲\"\non = 2026-11-10\nsampled = 3\n")],
    ),
    (
        "sampled-too-few",
        "subsidies/a.toml:21:11",
        &[(LIST, "", "\n[[step]]\ntitle = \"甲\"\non = 2026-11-10\nsampled = 1\nsampled_least = 51\n")],
    ),
    (
        "posting-missing",
        "subsidies/a.toml:8:9",
        &[(LIST, "[posting]\non = 2026-11-01\nplace = \"公示栏\"\nby = \"zhou\"\n", "")],
    ),
    ("posting-incomplete", "subsidies/a.toml:14:6", &[(LIST, "by = \"zhou\"\n", "")]),
    (
        "posting-outdated",
        "subsidies/a.toml:15:6",
        &[(LIST, "start = 2026-11-01", "start = 2026-11-12"), (LIST, "title", "edition = 2\ntitle")],
    ),
    ("posting-short", "subsidies/a.toml:14:6", &[(LIST, "on = 2026-11-01", "on = 2026-11-02")]),
    (
        "posting-short",
        "subsidies/a.toml:15:7",
        &[(LIST, "on = 2026-11-01", "on = 2026-11-01\noff = 2026-11-06")],
    ),
];

pub(super) const TABLES: &[Mistake] = &[
    ("mean-differs", "subsidies/a.csv:4:9", &[(ROWS, "", "平均,,,,,,499.00\n")]),
    ("row-repeated", "subsidies/a.csv:3:5", &[(ROWS, "2,B,李红,二组", "2,A,张小明,一组")]),
    (
        "paid-later",
        "subsidies/b.csv:2:15",
        &[
            ("subsidies/b.toml", "", PAID),
            ("subsidies/b.toml", "a.csv", "b.csv"),
            ("subsidies/b.csv", "", "姓名,村组,金额,发放时间\n张小明,一组,500.00,2026-12-20\n"),
        ],
    ),
    ("total-differs", "subsidies/a.toml:5:9", &[(LIST, "program = \"edu\"", "total = \"1000.01\"")]),
    ("recipient-count-differs", "subsidies/a.toml:5:9", &[(LIST, "program = \"edu\"", "count = 3")]),
    ("household-count-differs", "subsidies/a.toml:5:14", &[(LIST, "program = \"edu\"", "households = 3")]),
    (
        "households-unchecked",
        "subsidies/a.toml:5:14",
        &[(LIST, "program = \"edu\"", "households = 2"), (ROWS, "户号", "备注")],
    ),
    ("product-differs", "subsidies/a.csv:3:17", &[(ROWS, "二组,500,1,500.00", "二组,500,1,500.01")]),
    ("summary-differs", "subsidies/a.csv:4:10", &[(ROWS, "", "合计,,,,,2,1000.01\n")]),
    (
        "amount-missing",
        "subsidies/a.csv:3:11",
        &[
            (ROWS, "标准,数量,", ""),
            (ROWS, "500,1,", ""),
            (ROWS, "500,1,", ""),
            (ROWS, "李红,二组,500.00", "李红,二组,"),
        ],
    ),
    (
        "amount-too-large",
        "subsidies/a.csv:3:29",
        &[(ROWS, "二组,500,1,500.00", "二组,99999999999,99999,"), (LIST, "program = \"edu\"\n", "")],
    ),
    ("negative-quantity", "subsidies/a.csv:3:15", &[(ROWS, "二组,500,1,500.00", "二组,500,-1,500.00")]),
    (
        "cancelled-with-amount",
        "subsidies/a.csv:3:17",
        &[
            (ROWS, "金额", "金额,变化"),
            (ROWS, "一组,500,1,500.00", "一组,500,1,500.00,保留"),
            (ROWS, "二组,500,1,500.00", "二组,500,1,500.00,取消"),
        ],
    ),
    ("name-missing", "subsidies/a.csv:3:5", &[(ROWS, "李红", "")]),
    ("name-without-letters", "subsidies/a.csv:3:5", &[(ROWS, "李红", "***")]),
    ("rows-look-alike", "subsidies/a.csv:3:5", &[(ROWS, "李红,二组", "张大明,一组")]),
    ("unknown-group", "subsidies/a.csv:3:8", &[(ROWS, "二组", "三组")]),
    ("private-household-key", "subsidies/a.csv:3:3", &[(ROWS, "2,B,", "2,11010519491231002X,")]),
    (
        "missing-column",
        "subsidies/a.csv",
        &[(ROWS, "姓名", "人数"), (ROWS, "张小明", "1"), (ROWS, "李红", "1")],
    ),
    (
        "reasons-refused",
        "subsidies/a.csv:1:19",
        &[
            (LIST, "proposed", "terminating"),
            (ROWS, "金额", "备注"),
            (ROWS, "1,500.00", "1,"),
            (ROWS, "1,500.00", "1,超标"),
        ],
    ),
    (
        "extra-is-name",
        "subsidies/a.toml:5:10",
        &[(LIST, "program = \"edu\"", "extra = [\"户主姓名\"]"), (ROWS, "数量", "户主姓名")],
    ),
    (
        "extra-without-column",
        "subsidies/a.toml:6:10",
        &[(LIST, "program = \"edu\"", "program = \"edu\"\nextra = [\"岗位\"]")],
    ),
];

pub(super) const MONEY: &[Mistake] = &[
    ("unknown-program", "subsidies/a.toml:5:11", &[(LIST, "\"edu\"", "\"edi\"")]),
    ("unknown-fund", "programs.toml:6:8", &[(PROGRAMS, "fund = \"help\"", "fund = \"halp\"")]),
    (
        "fund-and-payer",
        "programs.toml:7:9",
        &[(PROGRAMS, "fund = \"help\"", "fund = \"help\"\npayer = \"区残联\"")],
    ),
    (
        "duplicate-fund",
        "programs.toml:15:6",
        &[(PROGRAMS, "", "\n[[fund]]\nid = \"help\"\ntitle = \"又一个\"\nyear = 2026\n")],
    ),
    (
        "inflow-outside-year",
        "programs.toml:14:6",
        &[(PROGRAMS, "", "[[fund.inflow]]\non = 2025-12-31\nfrom = \"镇财政\"\namount = 1\n")],
    ),
    (
        "programs-overlap",
        "programs.toml:17:8",
        &[(PROGRAMS, "", "\n[[program]]\nid = \"edu\"\ntitle = \"教育补助\"\nfrom = 2026-01-01\n")],
    ),
    ("program-not-in-force", "subsidies/a.csv:2:18", &[(PROGRAMS, "from = 2026-01-01", "from = 2026-12-01")]),
    ("standard-differs", "subsidies/a.csv:2:12", &[(PROGRAMS, "amount = \"500.00\"", "amount = \"600.00\"")]),
    (
        "below-floor",
        "programs.toml:5:10",
        &[(
            PROGRAMS,
            "fund = \"help\"",
            "fund = \"help\"\nfloors = [{ base = \"800.00\", times = \"0.63\" }]",
        )],
    ),
    (
        "floor-without-base",
        "programs.toml:7:11",
        &[(PROGRAMS, "fund = \"help\"", "fund = \"help\"\nfloors = [{ times = \"0.63\" }]")],
    ),
    (
        "bad-year-start",
        "programs.toml:7:15",
        &[(PROGRAMS, "fund = \"help\"", "fund = \"help\"\nyear_starts = \"02-29\"")],
    ),
    (
        "cap-exceeded",
        "subsidies/a.csv:2:18",
        &[(
            PROGRAMS,
            "fund = \"help\"",
            "fund = \"help\"\ncap = { per = \"person\", every = \"year\", amount = 499 }",
        )],
    ),
    (
        "cap-maybe-exceeded",
        "subsidies/a.csv:3:16",
        &[
            (
                PROGRAMS,
                "fund = \"help\"",
                "fund = \"help\"\ncap = { per = \"person\", every = \"year\", amount = 999 }",
            ),
            (LIST, "\"edu\"", "\"edu\"\nrows = \"none\""),
            (ROWS, "户号,", ""),
            (ROWS, "A,", ""),
            (ROWS, "B,", ""),
            (ROWS, "李红,二组", "张小明,一组"),
        ],
    ),
    (
        "household-unknown",
        "subsidies/a.csv:2:16",
        &[
            (
                PROGRAMS,
                "fund = \"help\"",
                "fund = \"help\"\ncap = { per = \"household\", every = \"year\", amount = 999 }",
            ),
            (ROWS, "户号,", ""),
            (ROWS, "A,", ""),
            (ROWS, "B,", ""),
        ],
    ),
    (
        "exclusive-twice",
        "subsidies/a.csv:3:21",
        &[
            (
                PROGRAMS,
                "fund = \"help\"",
                "fund = \"help\"\nexclusive = \"x\"\n[[program]]\nid = \"med\"\ntitle = \"医疗\"\nfrom = 2026-01-01\nexclusive = \"x\"",
            ),
            (ROWS, "村组", "项目,村组"),
            (ROWS, "一组", "edu,一组"),
            (ROWS, "B,李红,二组", "A,李红,med,二组"),
        ],
    ),
    (
        "not-below-own-expense",
        "subsidies/a.csv:3:17",
        &[
            (PROGRAMS, "fund = \"help\"", "fund = \"help\"\nbelow_own_expense = true"),
            (ROWS, "金额", "金额,自费支出"),
            (ROWS, "一组,500,1,500.00", "一组,500,1,500.00,900"),
            (ROWS, "二组,500,1,500.00", "二组,500,1,500.00,500"),
        ],
    ),
    (
        "own-expense-missing",
        "subsidies/a.csv:2:18",
        &[(PROGRAMS, "fund = \"help\"", "fund = \"help\"\nbelow_own_expense = true")],
    ),
    (
        "fund-overdrawn",
        "subsidies/a.toml:5:11",
        &[
            (PROGRAMS, "opening = \"1000.00\"", "opening = \"999.99\""),
            (LIST, "", "\n[decision]\ndate = 2026-11-10\n"),
        ],
    ),
    (
        "opening-differs",
        "programs.toml:18:11",
        &[(
            PROGRAMS,
            "",
            "\n[[fund]]\nid = \"help\"\ntitle = \"帮扶基金\"\nyear = 2027\nopening = \"1000.01\"\n",
        )],
    ),
    (
        "fund-year-missing",
        "subsidies/a.toml:5:11",
        &[(PROGRAMS, "year = 2026", "year = 2025"), (LIST, "", "\n[decision]\ndate = 2026-11-10\n")],
    ),
];
