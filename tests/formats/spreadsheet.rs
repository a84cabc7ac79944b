//! Registers as XLSX, and degrees as people write them.

use rust_xlsxwriter::ExcelDateTime;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::Workbook;
use zhugan::formats::region_file::Source;
use zhugan::model::equipment::Condition;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::oddity::OddityKind;

use super::of_kind;
use super::read;
use super::shapefile::zipped;
use super::wanted;

fn source() -> Source {
    Source::new("器材.xlsx", wanted("equipment"))
}

/// A workbook as an office keeps it: a cover sheet, a title, a header in the third row, a real date, numbers as numbers.
pub fn office() -> Vec<u8> {
    let mut book = Workbook::new();
    let cover = book.add_worksheet();
    cover.set_name("说明").unwrap();
    cover.write(0, 0, "枫桥镇救生器材登记").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("登记表").unwrap();
    sheet.write(0, 0, "枫桥镇救生器材登记表(2024年)").unwrap();
    let headers = ["序号", "类型", "经度", "纬度", "状态", "所属村", "检查日期"];
    for (column, header) in (0..).zip(headers) {
        sheet.write(2, column, header).unwrap();
    }
    let date = ExcelDateTime::from_ymd(2024, 5, 3).unwrap();
    let as_date = Format::new().set_num_format("yyyy/m/d");
    sheet.write(3, 0, 1).unwrap();
    sheet.write(3, 1, "救生竿").unwrap();
    sheet.write(3, 2, 120.411).unwrap();
    sheet.write(3, 3, 29.79).unwrap();
    sheet.write(3, 4, "完好").unwrap();
    sheet.write(3, 5, "枫源村").unwrap();
    sheet.write_with_format(3, 6, &date, &as_date).unwrap();
    sheet.write(5, 0, 2).unwrap();
    sheet.write(5, 1, "救生圈").unwrap();
    sheet.write(5, 2, "东经120°24′43.2″").unwrap();
    sheet.write(5, 3, "29度47分27.6秒").unwrap();
    sheet.write(5, 4, "损坏").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn the_sheet_that_is_a_register_is_found_and_its_header_under_a_title() {
    let layers = read(&source(), &office()).unwrap();
    assert!(layers.oddities.is_empty(), "{:?}", layers.oddities);
    let [pole, ring] = &layers.equipment[..] else {
        panic!("{:?}", layers.equipment);
    };
    assert_eq!((pole.id.as_str(), pole.kind), ("1", EquipmentKind::Pole));
    assert_eq!((pole.at.lon(), pole.at.lat()), (120.411, 29.79));
    assert_eq!(pole.inspected_on.as_deref(), Some("2024-05-03"));
    assert_eq!(ring.condition, Condition::Damaged);
    assert!((ring.at.lon() - 120.412).abs() < 1e-12 && (ring.at.lat() - 29.791).abs() < 1e-12);
}

#[test]
fn a_header_that_nobody_knows_is_found_under_a_title_and_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "枫桥镇救生器材登记表(2024年)").unwrap();
    for (column, header) in (0..).zip(["牌号", "横", "竖"]) {
        sheet.write(1, column, header).unwrap();
    }
    for (column, number) in (0..).zip([7.0, 120.411, 29.79]) {
        sheet.write(2, column, number).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let line = read(&source(), &bytes).unwrap_err();
    assert!(line.contains("only 牌号, 横, 竖;"), "{line}");
    let mut mapped = source();
    mapped.columns = [("id", "牌号"), ("lon", "横"), ("lat", "竖")]
        .map(|(ours, theirs)| (ours.to_owned(), theirs.to_owned()))
        .into();
    assert_eq!(read(&mapped, &bytes).unwrap().equipment[0].id, "7");
}

#[test]
fn a_bad_row_is_told_by_the_number_that_the_program_shows() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip([
        ["id", "kind", "lon", "lat"],
        ["a", "pole", "120.4", "29.7"],
        ["b", "pole", "120°70'", "29.7"],
    ]) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    let layers = read(&source(), &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(layers.equipment.len(), 1);
    let told = of_kind(&layers, OddityKind::BadPlace);
    assert_eq!(told[0].id, "row 3, column lon");
    assert!(told[0].detail.contains("120°70'"), "{}", told[0].detail);
}

#[test]
fn the_sheet_that_the_region_names_is_read_and_no_other() {
    let mut source = source();
    source.layer = Some("说明".to_owned());
    let line = read(&source, &office()).unwrap_err();
    assert!(line.contains("no column lon"), "{line}");
    source.layer = Some("sheet".to_owned());
    let line = read(&source, &office()).unwrap_err();
    assert!(line.contains("说明, 登记表"), "{line}");
}

#[test]
fn a_sheet_that_claims_to_be_huge_costs_nothing() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in [(0, "lon"), (1, "lat"), (16_383, "kind")] {
        sheet.write(0, column, header).unwrap();
    }
    sheet.write(1_048_575, 0, 120.4).unwrap();
    sheet.write(1_048_575, 1, 29.7).unwrap();
    sheet.write(1_048_575, 16_383, "pole").unwrap();
    let layers = read(&source(), &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(layers.equipment.len(), 1);
}

#[test]
fn what_is_no_workbook_is_refused_in_one_line() {
    let bomb = zipped(&[("xl/worksheets/sheet1.xml", &vec![b' '; 40 << 20])]);
    for (bytes, part) in [
        (b"".as_slice(), "zip archive"),
        (b"id,lon,lat", "zip archive"),
        (&zipped(&[("a.txt", b"x")]), "no XLSX"),
        (&bomb, "unpacks to more than"),
    ] {
        let line = read(&source(), bytes).unwrap_err();
        assert!(line.contains(part), "{part:?} is not in {line:?}");
    }
}

#[test]
fn degrees_are_read_however_people_write_them_and_nothing_else_is() {
    let lon_of = |cell: &str| {
        let text = format!(
            "id;kind;lon;lat\np1;pole;\"{}\";29.7\n",
            cell.replace('"', "\"\"")
        );
        let layers = read(&Source::new("a.csv", wanted("equipment")), text.as_bytes()).unwrap();
        layers.equipment.first().map(|piece| piece.at.lon())
    };
    let exact = 120.0 + 24.0 / 60.0 + 39.6 / 3600.0;
    for cell in [
        "120°24'39.6\"E",
        "E120°24′39.6″",
        "东经120度24分39.6秒",
        "120 24 39.6",
        "120:24:39.6",
        "120° 24’ 39.6”",
        "120°24''39.6".replace("''", "'").as_str(),
        "120°24'39.6''",
        "+120°24,66'",
    ] {
        assert!(
            lon_of(cell).is_some_and(|lon| (lon - exact).abs() < 1e-12),
            "{cell}: {:?}",
            lon_of(cell)
        );
    }
    assert_eq!(lon_of("120°24'39.6\"W"), Some(-exact));
    assert_eq!(lon_of("120°"), Some(120.0));
    for cell in [
        "120°60'",
        "120°24'61\"",
        "24'120°",
        "°",
        "120°24'39\"5",
        "-120°E",
        "120 24 39 6",
        "east",
        "1e999",
        "120x24",
        "NaN",
    ] {
        assert_eq!(lon_of(cell), None, "{cell}");
    }
}
