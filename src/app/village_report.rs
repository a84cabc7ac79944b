//! A village's report on paper: its totals, its map, its gaps by risk, its equipment.

use crate::app::clock;
use crate::app::coverage::Counting;
use crate::app::coverage::CoverageQuestion;
use crate::app::coverage::CoverageReport;
use crate::app::exports::Export;
use crate::app::fault::Fault;
use crate::app::gaps::GapRow;
use crate::app::gaps::GapSort;
use crate::app::gaps::USUAL_KINDS;
use crate::app::gaps::VillageCoverage;
use crate::app::paper_words::Language;
use crate::app::paper_words::length;
use crate::app::snapshot::Snapshot;
use crate::formats::pdf::map::Sample;
use crate::formats::pdf::paper::Align;
use crate::formats::pdf::report::Cell;
use crate::formats::pdf::report::Column;
use crate::formats::pdf::report::Figure;
use crate::formats::pdf::report::Report;
use crate::formats::pdf::report::Table;
use crate::formats::pdf::report::Tone;
use crate::model::day::Day;
use crate::model::equipment::Condition;
use crate::units::Meters;

/// What a report is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportQuestion {
    /// The village's id.
    pub village: String,
    /// Of its words.
    pub language: Language,
    /// How far a bank may be from a piece; the region's own target if none is given.
    pub limit: Option<Meters>,
}

impl Snapshot {
    /// The report of a village as it is today, by the clock of the region, as a PDF.
    ///
    /// # Errors
    ///
    /// If there is no such village.
    pub fn village_report_pdf(&self, asked: &ReportQuestion) -> Result<Export, Fault> {
        let zone = &self.region.settings.time_zone;
        let today = clock::day(zone, clock::since_1970());
        let report = self.village_report(asked, &today)?;
        let id = self.region.settings.id.as_str();
        let village = file_word(&asked.village);
        Ok(Export {
            file_name: format!("{id}-{village}-report-{}.pdf", asked.language.tag()),
            bytes: report.pdf()?,
        })
    }

    /// The same as plain data.
    ///
    /// # Errors
    ///
    /// If there is no such village.
    pub fn village_report(&self, asked: &ReportQuestion, today: &Day) -> Result<Report, Fault> {
        let language = asked.language;
        let settings = &self.region.settings;
        let index = self.village(&asked.village)?;
        let limit = asked.limit.unwrap_or(settings.reach.target);
        let question = CoverageQuestion::new(&USUAL_KINDS, limit, Counting::Usable);
        let coverage = self.coverage(&question);
        let gaps = self.gaps_of(&coverage, Some(&asked.village), None, GapSort::Risk)?;
        let gaps: Vec<(String, &GapRow)> = gaps
            .into_iter()
            .enumerate()
            .map(|(index, gap)| (format!("G{}", index + 1), gap))
            .collect();
        let of_pieces = self.village_of_pieces().iter().enumerate();
        let of_pieces = of_pieces.filter(|(_, villages)| villages.contains(&index));
        let mut pieces: Vec<usize> = of_pieces.map(|(piece, _)| piece).collect();
        pieces.sort_by_key(|&piece| self.code(piece));
        let marked: Vec<(String, usize)> = pieces
            .iter()
            .map(|&piece| (self.code(piece).number.to_string(), piece))
            .collect();
        let name = &self.region.ground.villages[index].name;
        let region = language.region(settings);
        let title = if name.is_empty() {
            &asked.village
        } else {
            name
        };
        Ok(Report {
            language: language.tag().to_owned(),
            kind: language
                .of("水边安全报告", "Water safety report")
                .to_owned(),
            title: title.clone(),
            subtitle: format!("{region} · {}", language.day(today)),
            notice: self.notice(language, &pieces),
            figures: self.figures(language, &coverage, &asked.village, &pieces),
            share: village_of(&coverage, &asked.village)
                .filter(|own| own.bank_m > 0.0)
                .map(|own| own.covered_m / own.bank_m),
            rests_on: rests_on(language, limit),
            map: self.village_map(index, &gaps, &marked, language),
            legend: legend(language, limit),
            tables: vec![
                self.gap_table(language, &gaps),
                self.piece_table(language, &pieces),
            ],
            foot: self.foot(language, region),
        })
    }

    fn notice(&self, language: Language, pieces: &[usize]) -> String {
        let is_made_up = |&piece: &usize| self.region.equipment[piece].is_illustrative;
        if self.region.settings.is_invented {
            let said = language.of(
                "演示数据：此地图和救援器材均为虚构，请勿据此施救。",
                "Demonstration: this map and its equipment are made up. Do not rely on it.",
            );
            return said.to_owned();
        }
        if pieces.iter().any(is_made_up) || self.region.is_illustrative() {
            let said = language.of(
                "演示数据：此处的救援器材为虚构，请勿据此施救。",
                "Demonstration: the equipment shown here is made up. Do not rely on it.",
            );
            return said.to_owned();
        }
        String::new()
    }

    fn figures(
        &self,
        language: Language,
        coverage: &CoverageReport,
        village: &str,
        pieces: &[usize],
    ) -> Vec<Figure> {
        let own = village_of(coverage, village);
        let (bank_m, covered_m, n_gaps) =
            own.map_or((0.0, 0.0, 0), |own| (own.bank_m, own.covered_m, own.gaps));
        let open = length(bank_m - covered_m);
        // Never 100 % as long as something is open.
        let share = if bank_m > 0.0 {
            format!("{:.1} %", (covered_m / bank_m * 1000.0).floor() / 10.0)
        } else {
            "—".to_owned()
        };
        let is_usable =
            |piece: &&usize| self.region.equipment[**piece].condition == Condition::Usable;
        let n_usable = pieces.iter().filter(is_usable).count();
        let figure = |name: &str, value: String, note: String| Figure {
            value,
            name: name.to_owned(),
            note,
        };
        vec![
            figure(
                language.of("够得着的岸线", "Bank within reach"),
                share,
                match language {
                    Language::Chinese => format!("共 {}", length(covered_m)),
                    Language::English => format!("{} in all", length(covered_m)),
                },
            ),
            figure(
                language.of("岸线总长", "Bank in all"),
                length(bank_m),
                language
                    .of("两岸分别计算", "each bank by itself")
                    .to_owned(),
            ),
            figure(
                language.of("超距岸段", "Gaps"),
                n_gaps.to_string(),
                match language {
                    Language::Chinese => format!("共 {open}"),
                    Language::English => format!("{open} in all"),
                },
            ),
            figure(
                language.of("救援器材", "Equipment"),
                pieces.len().to_string(),
                match language {
                    Language::Chinese => format!("其中完好 {n_usable} 件"),
                    Language::English => format!("{n_usable} working"),
                },
            ),
        ]
    }

    fn gap_table(&self, language: Language, gaps: &[(String, &GapRow)]) -> Table {
        let column = |chinese: &str, english: &str, share, align| Column {
            title: language.of(chinese, english).to_owned(),
            share,
            align,
        };
        let rows = gaps.iter().map(|(mark, gap)| {
            let nearest = gap
                .nearest
                .as_deref()
                .and_then(|id| self.region.piece(id).ok());
            let nearest = nearest.map(|piece| self.code(piece as usize).to_string());
            let straight = gap.nearest_straight_m.map(length);
            vec![
                cell(mark.clone(), Tone::Bad),
                cell(
                    gap.risk.to_string(),
                    if gap.risk > 2 { Tone::Bad } else { Tone::Plain },
                ),
                cell(self.water_words(language, gap), Tone::Plain),
                cell(format!("{:.0} – {:.0}", gap.from_m, gap.to_m), Tone::Soft),
                cell(length(gap.length_m), Tone::Strong),
                cell(
                    gap.worst_reach_m.map_or("—".to_owned(), length),
                    Tone::Plain,
                ),
                cell(language.reason(gap.reason).to_owned(), Tone::Plain),
                cell(nearest.unwrap_or_else(|| "—".to_owned()), Tone::Plain),
                cell(straight.unwrap_or_default(), Tone::Soft),
            ]
        });
        let note = if gaps.is_empty() {
            language.of("没有超距岸段。", "There are none.")
        } else {
            language.of(
                "风险高的水域在前（4 为最高），同级中长的在前。位置为沿岸米数；步行为最远处步行到最近可用器材的路程。",
                "The riskiest water first (4 is the highest), then the longest. From – to: meters along the bank. On foot: from the farthest point to the nearest working piece.",
            )
        };
        Table {
            title: language.of("超距岸段", "Gaps, by risk").to_owned(),
            note: note.to_owned(),
            columns: vec![
                column("编号", "No.", 5.5, Align::Left),
                column("风险", "Risk", 5.0, Align::Middle),
                column("水域", "Water", 25.0, Align::Left),
                column("位置 m", "From – to m", 16.0, Align::Right),
                column("长度", "Length", 9.5, Align::Right),
                column("步行", "On foot", 9.5, Align::Right),
                column("原因", "Why", 17.0, Align::Left),
                column("最近器材", "Nearest", 13.0, Align::Left),
                column("直线", "Straight", 8.5, Align::Right),
            ],
            rows: rows.collect(),
        }
    }

    fn water_words(&self, language: Language, gap: &GapRow) -> String {
        let body = self.water_body(&gap.water_body).ok();
        let kind = body.map(|index| self.region.ground.water_bodies[index].kind);
        let name = gap.water_body_name.clone();
        let name = name.or_else(|| kind.map(|kind| language.water(kind).to_owned()));
        let side = language.side(gap.side);
        match name {
            Some(name) => format!("{name}{}{side}", language.of(" · ", ", ")),
            None => side.to_owned(),
        }
    }

    fn piece_table(&self, language: Language, pieces: &[usize]) -> Table {
        let column = |chinese: &str, english: &str, share| Column {
            title: language.of(chinese, english).to_owned(),
            share,
            align: Align::Left,
        };
        let equipment = &self.region.equipment;
        let rows = pieces.iter().map(|&index| {
            let piece = &equipment[index];
            let condition = match piece.condition {
                Condition::Usable => Tone::Plain,
                Condition::Damaged | Condition::Missing | Condition::Unverified => Tone::Bad,
            };
            let inspected = match &piece.inspected_on {
                Some(day) => cell(day.clone(), Tone::Plain),
                None => cell(language.of("无记录", "Not recorded").to_owned(), Tone::Soft),
            };
            vec![
                cell(self.code(index).to_string(), Tone::Strong),
                cell(language.kind(piece.kind).to_owned(), Tone::Plain),
                cell(language.condition(piece.condition).to_owned(), condition),
                inspected,
                cell(piece.name.clone().unwrap_or_default(), Tone::Plain),
                cell(piece.note.clone().unwrap_or_default(), Tone::Soft),
            ]
        });
        let counts = Condition::ALL.map(|condition| {
            let n_such = pieces
                .iter()
                .filter(|&&piece| equipment[piece].condition == condition)
                .count();
            let word = language.condition(condition);
            match language {
                Language::Chinese => format!("{word} {n_such}"),
                Language::English => format!("{word}: {n_such}"),
            }
        });
        let note = if pieces.is_empty() {
            language
                .of("没有登记的器材。", "None is registered.")
                .to_owned()
        } else {
            counts.join(" · ")
        };
        Table {
            title: language.of("救援器材", "Equipment").to_owned(),
            note,
            columns: vec![
                column("编码", "Code", 15.0),
                column("种类", "Kind", 14.0),
                column("状况", "Condition", 12.0),
                column("最近检查", "Last inspected", 15.0),
                column("名称", "Name", 25.0),
                column("备注", "Note", 25.0),
            ],
            rows: rows.collect(),
        }
    }

    fn foot(&self, language: Language, region: &str) -> String {
        let settings = &self.region.settings;
        let mut said = vec![format!("Zhugan 竹竿 · {region}")];
        if let Some(attribution) = &settings.attribution {
            said.push(match language {
                Language::Chinese => format!("地图：{attribution}"),
                Language::English => format!("Map: {attribution}"),
            });
        }
        said.extend(settings.map_date.clone());
        said.join(" · ")
    }
}

fn cell(text: String, tone: Tone) -> Cell {
    Cell { text, tone }
}

fn village_of<'a>(coverage: &'a CoverageReport, id: &str) -> Option<&'a VillageCoverage> {
    coverage.villages.iter().find(|village| village.id == id)
}

fn rests_on(language: Language, limit: Meters) -> String {
    let kinds = USUAL_KINDS.map(|kind| language.kind(kind));
    let meters = length(limit.0);
    match language {
        Language::Chinese => format!(
            "够得着：沿地面步行、不涉水，{meters} 以内有完好的{}。",
            language.listed(&kinds)
        ),
        Language::English => format!(
            "Within reach: a working {} stands within {meters} on foot, without crossing the water.",
            language
                .listed(&kinds)
                .to_lowercase()
                .replacen(", throw rope", " or throw rope", 1)
        ),
    }
}

fn legend(language: Language, limit: Meters) -> Vec<(Sample, String)> {
    let meters = length(limit.0);
    let within = match language {
        Language::Chinese => format!("{meters} 以内"),
        Language::English => format!("Bank within {meters}"),
    };
    let words = [
        (
            Sample::Gap,
            language.of("超距岸段（越粗风险越高）", "Gap (the thicker, the riskier)"),
        ),
        (
            Sample::Usable,
            language.of("器材，完好", "Equipment, working"),
        ),
        (Sample::Unusable, language.of("器材，不可用", "Not usable")),
        (Sample::Outline, language.of("村界", "Village")),
    ];
    let words = words.map(|(sample, word)| (sample, word.to_owned()));
    [(Sample::Within, within)]
        .into_iter()
        .chain(words)
        .collect()
}

/// An id as part of the name of a file: letters and digits only.
pub(super) fn file_word(id: &str) -> String {
    let kept = |letter: char| {
        if letter.is_ascii_alphanumeric() {
            letter
        } else {
            '-'
        }
    };
    id.chars().take(60).map(kept).collect()
}
