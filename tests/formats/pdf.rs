//! Papers to print: pages, tables, labels, the font and the QR codes, read back by other programs where they are there.

use std::collections::BTreeMap;
use std::process::Command;

use geo::Coord;
use proptest::prelude::*;
use zhugan::formats::pdf::labels::Label;
use zhugan::formats::pdf::labels::Labels;
use zhugan::formats::pdf::map::Map;
use zhugan::formats::pdf::map::MapGap;
use zhugan::formats::pdf::map::MapPiece;
use zhugan::formats::pdf::paper::Align;
use zhugan::formats::pdf::paper::Color;
use zhugan::formats::pdf::paper::HEIGHT;
use zhugan::formats::pdf::paper::Item;
use zhugan::formats::pdf::paper::Paper;
use zhugan::formats::pdf::paper::WIDTH;
use zhugan::formats::pdf::qr;
use zhugan::formats::pdf::report::Cell;
use zhugan::formats::pdf::report::Column;
use zhugan::formats::pdf::report::Report;
use zhugan::formats::pdf::report::Table;
use zhugan::formats::pdf::report::Tone;
use zhugan::formats::pdf::text::fitted;
use zhugan::formats::pdf::text::harmless;
use zhugan::formats::pdf::text::width;
use zhugan::formats::pdf::text::wrapped;

use super::Folder;

fn cell(text: impl Into<String>) -> Cell {
    Cell {
        text: text.into(),
        tone: Tone::Plain,
    }
}

fn column(title: &str) -> Column {
    Column {
        title: title.to_owned(),
        share: 1.0,
        align: Align::Left,
    }
}

/// A report of so many gaps and pieces, along one straight bank.
fn report(n_gaps: usize, n_pieces: usize) -> Report {
    let at = |index: usize| Coord {
        x: 10.0 * index as f64,
        y: 0.0,
    };
    let table = |title: &str, code: &str, n_rows: usize| Table {
        title: title.to_owned(),
        note: String::new(),
        columns: vec![
            column(&format!("{title}-no")),
            column(&format!("{title}-what")),
        ],
        rows: (0..n_rows)
            .map(|index| vec![cell(format!("{code}{index:04}")), cell("在对岸 across")])
            .collect(),
    };
    let map = Map {
        seen: [at(0), at(n_gaps.max(n_pieces).max(200))],
        gaps: (0..n_gaps)
            .map(|index| MapGap {
                line: vec![at(index), at(index + 1)],
                risk: 2,
                mark: String::new(),
            })
            .collect(),
        pieces: (0..n_pieces)
            .map(|index| MapPiece {
                at: at(index),
                mark: String::new(),
                is_usable: index % 2 == 0,
            })
            .collect(),
        ..Map::default()
    };
    Report {
        language: "zh-CN".to_owned(),
        kind: "水边安全报告".to_owned(),
        title: "机杼村".to_owned(),
        map,
        tables: vec![
            table("gaps", "GAP-", n_gaps),
            table("pieces", "SX-", n_pieces),
        ],
        ..Report::default()
    }
}

/// Every text of a page with the place where it begins, also what is seen through a frame.
fn texts(items: &[Item]) -> Vec<(String, [f32; 2], f32)> {
    let mut found = Vec::new();
    for item in items {
        match item {
            Item::Text { text, at, size, .. } => found.push((text.clone(), *at, *size)),
            Item::Clipped { items, .. } => found.extend(texts(items)),
            Item::Areas { .. } | Item::Strokes { .. } => {}
        }
    }
    found
}

fn words(paper: &Paper) -> Vec<Vec<String>> {
    let words = |page: &Vec<Item>| texts(page).into_iter().map(|(text, ..)| text).collect();
    paper.pages.iter().map(words).collect()
}

#[test]
fn a_long_report_goes_on_over_pages_with_its_headings_and_has_every_row_once() {
    let paper = report(200, 500).paper();
    let pages = words(&paper);
    assert!(pages.len() > 10, "{} pages", pages.len());
    let mut n_times: BTreeMap<&str, usize> = BTreeMap::new();
    for text in pages.iter().flatten() {
        *n_times.entry(text).or_default() += 1;
    }
    for (code, n_rows) in [("GAP-", 200), ("SX-", 500)] {
        for index in 0..n_rows {
            let code = format!("{code}{index:04}");
            assert_eq!(n_times.get(code.as_str()), Some(&1), "{code}");
        }
    }
    for (index, page) in pages.iter().enumerate() {
        for (code, heading) in [("GAP-", "gaps-no"), ("SX-", "pieces-no")] {
            let has_rows = page.iter().any(|text| text.starts_with(code));
            let n_headings = page.iter().filter(|text| *text == heading).count();
            assert_eq!(n_headings, usize::from(has_rows), "page {index}, {heading}");
        }
        let number = format!("{} / {}", index + 1, pages.len());
        assert!(page.contains(&number), "{number}");
    }
}

#[test]
fn no_text_leaves_its_page_and_no_row_lies_over_the_foot() {
    let mut report = report(30, 70);
    report.title = "Very long ".repeat(40);
    report.foot = "© somebody ".repeat(60);
    report.tables[0].rows[0][0] = cell("no-blank-in-it".repeat(30));
    for (number, page) in report.paper().pages.iter().enumerate() {
        for (text, [x, y], size) in texts(page) {
            let right = x + width(&text, size);
            assert!(
                0.0 < x && right < WIDTH - 30.0,
                "{number}: {text} {x}–{right}"
            );
            assert!(20.0 < y && y < HEIGHT - 20.0, "{number}: {text} {y}");
            let is_foot = text.contains("somebody") || text.contains(" / ");
            assert!(is_foot || y < HEIGHT - 50.0, "{number}: {text} {y}");
        }
    }
}

#[test]
fn a_report_of_a_village_without_banks_and_pieces_is_a_page() {
    let empty = Report {
        map: Map {
            seen: [Coord { x: 0.0, y: 0.0 }; 2],
            ..Map::default()
        },
        ..report(0, 0)
    };
    assert_eq!(empty.paper().pages.len(), 1);
    let pdf = empty.pdf().unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
}

#[test]
fn controls_and_signs_that_turn_text_around_are_left_out_and_rare_hanzi_are_boxes() {
    for (text, shown) in [
        ("西村", "西村"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a\u{0}b\u{7}c\u{1b}[31m", "abc[31m"),
        ("one\ntwo\tthree", "one two three"),
        ("\u{202e}drah\u{202c} \u{200b}\u{feff}x", "drah x"),
        ("𠮷村", "□村"),
        ("🛟", "□"),
        ("Élan – “a” ß ü", "Élan – “a” ß ü"),
    ] {
        assert_eq!(harmless(text), shown, "{text:?}");
    }
    let mut hostile = report(1, 1);
    hostile.title = "\u{202e}\u{0}) Tj ET (".to_owned();
    assert!(hostile.pdf().unwrap().starts_with(b"%PDF-"));
}

proptest! {
    #[test]
    fn lines_are_never_wider_than_asked_and_lose_nothing_where_there_is_room(
        text in "[a-z ，。村河]{0,60}",
        most in 30.0_f32..200.0,
    ) {
        let cut = fitted(&text, 9.0, most);
        prop_assert!(width(&cut, 9.0) <= most, "{cut}");
        let lines = wrapped(&text, 9.0, most, 2);
        prop_assert!(lines.len() <= 2);
        for line in &lines {
            prop_assert!(width(line, 9.0) <= most, "{line}");
        }
        let whole: String = wrapped(&text, 9.0, most, 1_000).concat();
        let letters = |text: &str| text.replace(' ', "");
        // A word wider than a line is cut.
        if !whole.contains('…') {
            prop_assert_eq!(letters(&whole), letters(&text));
        }
    }
}

fn labels(n_labels: usize) -> Labels {
    let label = |index: usize| Label {
        code: format!("SX-{index:04}-K"),
        kind: ["救生杆".to_owned(), "Rescue pole".to_owned()],
        place: "机杼村".to_owned(),
        address: format!("https://map.example/p/SX-{index:04}-K"),
    };
    Labels {
        language: "zh-CN".to_owned(),
        title: "标签".to_owned(),
        warning: [
            "溺水救援 请勿占用".to_owned(),
            "Rescue only, do not take".to_owned(),
        ],
        labels: (1..=n_labels).map(label).collect(),
    }
}

#[test]
fn eight_labels_are_on_a_sheet_each_with_its_warning_and_its_code_large() {
    let paper = labels(17).paper().unwrap();
    let sheets = words(&paper);
    let n_of = |sheet: &[String], said: &str| sheet.iter().filter(|text| *text == said).count();
    let n_warnings: Vec<usize> = sheets
        .iter()
        .map(|sheet| n_of(sheet, "溺水救援 请勿占用"))
        .collect();
    assert_eq!(n_warnings, [8, 8, 1]);
    for index in 1..=17 {
        let code = format!("SX-{index:04}-K");
        let n_times: usize = sheets.iter().map(|sheet| n_of(sheet, &code)).sum();
        assert_eq!(n_times, 1, "{code}");
    }
    for (text, [x, _], size) in paper.pages.iter().flat_map(|page| texts(page)) {
        if text.starts_with("SX-") && text.ends_with("-K") {
            assert!(size > 20.0, "{text} at {size}");
        }
        // The cut goes through the middle of the sheet.
        let right = x + width(&text, size);
        assert!(right < WIDTH / 2.0 || WIDTH / 2.0 < x, "{text} {x}–{right}");
    }
}

#[test]
fn the_squares_of_a_code_are_read_back_by_a_decoder() {
    for text in [
        "https://map.example/p/LI-0173-K".to_owned(),
        "http://127.0.0.1:8080/p/SX-0001-L".to_owned(),
        format!("https://{}.example/p/SX-0001-L", "long".repeat(30)),
    ] {
        let squares = qr::squares(&text).unwrap();
        // Four pixels a square, and the white border.
        let side = (squares.len() + 2 * qr::QUIET) * 4;
        let is_dark = |x: usize, y: usize| {
            let at = |pixel: usize| (pixel / 4).checked_sub(qr::QUIET);
            let row = at(y).and_then(|row| squares.get(row));
            row.zip(at(x))
                .and_then(|(row, x)| row.get(x))
                .copied()
                .unwrap_or(false)
        };
        let gray = |x, y| if is_dark(x, y) { 0 } else { 255 };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, gray);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "{text}");
        assert_eq!(grids[0].decode().unwrap().1, text);
    }
    assert!(qr::squares(&"x".repeat(5_000)).is_err());
}

#[test]
fn the_font_is_in_the_file_and_only_what_is_used_of_it() {
    let pdf = report(3, 3).pdf().unwrap();
    let holds = |word: &[u8]| pdf.windows(word.len()).any(|part| part == word);
    assert!(holds(b"/FontFile3"), "an OpenType font of curves");
    assert!(
        !holds(b"/Type1") || holds(b"/Type0"),
        "no font that a machine has to have"
    );
    assert!(pdf.len() < 100_000, "{} bytes", pdf.len());
}

/// A page as Poppler draws it: width, height, gray pixels. None where it is not installed.
fn drawn(pdf: &[u8], dots_an_inch: &str) -> Option<(usize, usize, Vec<u8>)> {
    let folder = Folder::new(&[("paper.pdf", pdf)]);
    let drawn = Command::new("pdftoppm")
        .args(["-gray", "-r", dots_an_inch, "-f", "1", "-l", "1"])
        .arg(folder.path().join("paper.pdf"))
        .output();
    let Ok(drawn) = drawn else {
        println!("skipped: Poppler (Debian's poppler-utils) is not installed");
        return None;
    };
    let told = String::from_utf8_lossy(&drawn.stderr);
    assert!(drawn.status.success() && told.is_empty(), "{told}");
    // P5, width and height, 255, and a byte for each pixel.
    let mut rest = drawn.stdout.as_slice();
    let mut head = Vec::new();
    while head.len() < 4 {
        let end = rest.iter().position(u8::is_ascii_whitespace).unwrap();
        head.push(String::from_utf8(rest[..end].to_vec()).unwrap());
        rest = &rest[end + 1..];
    }
    let [wide, tall] = [1, 2].map(|index: usize| head[index].parse().unwrap());
    Some((wide, tall, rest.to_vec()))
}

/// Around each QR code of a page, points: the only areas in black.
fn codes_of(page: &[Item]) -> Vec<[f32; 4]> {
    let codes = page.iter().filter_map(|item| match item {
        Item::Areas { rings, color } if *color == Color(0, 0, 0) => Some(rings.concat()),
        _ => None,
    });
    let around = |corners: Vec<[f32; 2]>| {
        let of = |axis: usize| corners.iter().map(move |corner| corner[axis]);
        let low = |axis| of(axis).fold(f32::INFINITY, f32::min);
        let high = |axis| of(axis).fold(0.0, f32::max);
        [low(0), low(1), high(0), high(1)]
    };
    codes.map(around).collect()
}

#[test]
fn the_codes_of_a_printed_sheet_are_read_back_by_a_decoder() {
    let labels = labels(8);
    let Some((wide, tall, pixels)) = drawn(&labels.pdf().unwrap(), "150") else {
        return;
    };
    let paper = labels.paper().unwrap();
    let mut read = Vec::new();
    // One by one, as a telephone is held before a label.
    for [left, top, right, bottom] in codes_of(&paper.pages[0]) {
        let pixel = |points: f32| (points * 150.0 / 72.0).round() as usize;
        let (from_x, from_y) = (pixel(left - 8.0), pixel(top - 8.0));
        let (to_x, to_y) = (pixel(right + 8.0).min(wide), pixel(bottom + 8.0).min(tall));
        let gray = |x: usize, y: usize| pixels[(from_y + y) * wide + from_x + x];
        let (across, down) = (to_x - from_x, to_y - from_y);
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(across, down, gray);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        read.push(grids[0].decode().unwrap().1);
    }
    let written = labels.labels.iter().map(|label| label.address.clone());
    assert_eq!(read, written.collect::<Vec<_>>());
}

#[test]
fn the_text_of_a_report_can_be_copied_once_and_in_chinese() {
    let pdf = report(3, 3).pdf().unwrap();
    let folder = Folder::new(&[("paper.pdf", &pdf)]);
    let told = Command::new("pdftotext")
        .arg(folder.path().join("paper.pdf"))
        .arg("-")
        .output();
    let Ok(told) = told else {
        println!("skipped: Poppler (Debian's poppler-utils) is not installed");
        return;
    };
    let text = String::from_utf8(told.stdout).unwrap();
    for word in ["机杼村", "水边安全报告", "GAP-0002", "SX-0001"] {
        assert_eq!(text.matches(word).count(), 1, "{word} in {text}");
    }
}
