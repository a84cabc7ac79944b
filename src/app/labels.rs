//! The labels of a region's equipment, to be printed and put on the pieces.

use crate::app::exports::Export;
use crate::app::fault::Fault;
use crate::app::paper_words::Language;
use crate::app::snapshot::Snapshot;
use crate::app::village_report::file_word;
use crate::formats::pdf::labels::Label;
use crate::formats::pdf::labels::Labels;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;

/// So many labels are in one file at most.
pub const MOST_LABELS: usize = 2_000;

/// Which labels are asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelsQuestion {
    /// The village's id; all of the region without one.
    pub village: Option<String>,
    /// Only these kinds; all without them.
    pub kinds: Option<Vec<EquipmentKind>>,
    /// Whose words come first.
    pub language: Language,
    /// Where the pages of pieces are: scheme, server, perhaps port, no slash at the end.
    pub public_url: String,
}

impl Snapshot {
    /// A label for every piece that is asked for, by code, as a PDF.
    ///
    /// # Errors
    ///
    /// If there is no such village, or for more labels than a file takes.
    pub fn labels_pdf(&self, asked: &LabelsQuestion) -> Result<Export, Fault> {
        let labels = self.labels(asked)?;
        let id = self.region.settings.id.as_str();
        let of_village = asked
            .village
            .as_deref()
            .map(|id| format!("-{}", file_word(id)));
        Ok(Export {
            file_name: format!("{id}{}-labels.pdf", of_village.unwrap_or_default()),
            bytes: labels.pdf()?,
        })
    }

    /// The same as plain data.
    ///
    /// # Errors
    ///
    /// If there is no such village, or for more labels than a file takes.
    pub fn labels(&self, asked: &LabelsQuestion) -> Result<Labels, Fault> {
        let language = asked.language;
        let mut pieces = self.pieces(asked.kinds.as_deref(), asked.village.as_deref(), None)?;
        if MOST_LABELS < pieces.len() {
            return Err(Fault::TooManyLabels {
                n_labels: pieces.len(),
                most: MOST_LABELS,
            });
        }
        pieces.sort_by_key(|&piece| self.code(piece));
        let labels = pieces.iter().map(|&index| {
            let piece = &self.region.equipment[index];
            let code = self.code(index).to_string();
            let village = self.villages_of(index).next();
            let village = village.map(|village| village.name.clone());
            Label {
                kind: [language, language.other()]
                    .map(|language| language.kind(piece.kind).to_owned()),
                place: placed(language, village.or_else(|| piece.village.clone()), piece),
                address: format!("{}/p/{code}", asked.public_url),
                code,
            }
        });
        let warning = |language: Language| {
            let said = language.of("溺水救援 请勿占用", "Rescue only, do not take");
            said.to_owned()
        };
        let region = language.region(&self.region.settings);
        Ok(Labels {
            language: language.tag().to_owned(),
            title: format!("{region} · {}", language.of("标签", "labels")),
            warning: [warning(language), warning(language.other())],
            labels: labels.collect(),
        })
    }
}

/// Where a piece belongs, and whether it is made up, so that nobody puts up the label of one that is not there.
fn placed(language: Language, village: Option<String>, piece: &Equipment) -> String {
    let made_up = language.of("示例", "illustrative").to_owned();
    let made_up = piece.is_illustrative.then_some(made_up);
    let parts: Vec<String> = village.into_iter().chain(made_up).collect();
    parts.join(" · ")
}
