#!/usr/bin/env python3
"""Small files of every format, from which the fuzzer starts: one folder for each target, beside this script."""
import struct, subprocess, sqlite3, os, zipfile, json
from pathlib import Path
here = Path(__file__).parent
def put(target, name, data):
    folder = here / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())

rows = [("P1", "pole", 120.4, 29.8, "usable", "东桥"), ("P2", "ring", 120.41, 29.81, "missing", "")]
table = "id,kind,lon,lat,condition,name\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)
put("csv", "utf8", table)
put("csv", "gbk", ("编号,类型,经度,纬度,状态,备注\n1,救生圈,120°24'40\",29°48'0\",完好,\"a\nb\"\n").encode("gb18030"))
put("csv", "semicolons", "name;x;y;datum\nA;120,4;29,8;gcj02\n")
point = {"type": "Point", "coordinates": [120.4, 29.8]}
ring = [[120.4, 29.8], [120.41, 29.8], [120.41, 29.81], [120.4, 29.8]]
shapes = [point, {"type": "LineString", "coordinates": ring[:3]}, {"type": "Polygon", "coordinates": [ring]},
          {"type": "MultiPolygon", "coordinates": [[ring]]}, {"type": "MultiPoint", "coordinates": ring[:2]},
          {"type": "GeometryCollection", "geometries": [point]}, None]
features = [{"type": "Feature", "id": f"f{i}", "properties": {"layer": layer, "kind": kind, "name": "村"}, "geometry": shape}
            for i, (shape, layer, kind) in enumerate(zip(shapes, ["equipment", "paths", "water", "villages", "equipment", "obstacles", "water"],
                                                         ["pole", "footway", "lake", "", "ring", "", "river"]))]
put("geojson", "features", json.dumps({"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "EPSG:4490"}}, "features": features}, ensure_ascii=False))
put("geojson", "esri", json.dumps({"spatialReference": {"wkid": 102100}, "features": [{"attributes": {"OBJECTID": 1, "kind": "ring", "checked": 1714694400000}, "geometry": {"x": 13349254.4, "y": 3308491.8}},
    {"attributes": {"kind": "lake"}, "geometry": {"rings": [[[1, 2], [3, 4], [5, 1], [1, 2]]]}}, {"attributes": {}, "geometry": {"paths": [[[1, 2], [3, 4]]]}}]}))
put("kml", "placemarks", '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark id="p"><name>P1</name><ExtendedData><Data name="kind"><value>pole</value></Data></ExtendedData><Point><coordinates>120.4,29.8,0</coordinates></Point></Placemark><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>120.4,29.8 120.41,29.8 120.41,29.81 120.4,29.8</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark><Placemark><MultiGeometry><LineString><coordinates>1,2 3,4</coordinates></LineString></MultiGeometry></Placemark></Document></kml>')
put("gpx", "points", '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="29.8" lon="120.4"><name>P1</name><type>pole</type><desc>x</desc></wpt><rte><rtept lat="1" lon="2"/><rtept lat="3" lon="4"/></rte><trk><trkseg><trkpt lat="1" lon="2"/><trkpt lat="3" lon="4"/></trkseg></trk></gpx>')
put("osm_xml", "town", '<?xml version="1.0"?><osm version="0.6"><node id="1" lat="29.8" lon="120.4"><tag k="emergency" v="life_ring"/></node><node id="2" lat="29.81" lon="120.4"/><node id="3" lat="29.81" lon="120.41"/><way id="5"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="natural" v="water"/></way><way id="6"><nd ref="1"/><nd ref="3"/><tag k="highway" v="footway"/><tag k="bridge" v="yes"/></way><relation id="7"><member type="way" ref="5" role="outer"/><tag k="type" v="multipolygon"/><tag k="boundary" v="administrative"/><tag k="admin_level" v="10"/><tag k="name" v="村"/></relation></osm>')
put("region_file", "whole", 'id = "town"\nname = { en = "Town", zh = "镇" }\ntime_zone = "Asia/Shanghai"\ncode = "TN"\n[reach]\ntarget_m = 50\nwarn_m = 100\n[[source]]\nfile = "a.geojson"\nuse = ["water", "paths"]\ndatum = "gcj02"\ncolumns = { name = "名称" }\nclip = "b.geojson"\n[[source]]\nfile = "p.csv"\nuse = ["equipment"]\nkind = "pole"\nencoding = "gbk"\nillustrative = true\n')

def lengths(*parts):
    return b"".join(struct.pack("<H", len(part)) for part in parts[:-1]) + b"".join(parts)
texts = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>id</t></si><si><t>经度</t></si><si><t>纬度</t></si><si><t>类型</t></si><si><t>救生竿</t></si></sst>'.encode()
styles = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>P1</t></is></c><c r="B2"><v>120.4</v></c><c r="C2"><v>29.8</v></c><c r="D2" t="s"><v>4</v></c><c r="E2" s="0"><v>45000</v></c></row></sheetData></worksheet>'
put("xlsx", "sheet", lengths(texts, styles, sheet))

def shp(kind, shapes):
    body = b""
    for number, shape in enumerate(shapes, 1):
        body += struct.pack(">ii", number, len(shape) // 2) + shape
    return struct.pack(">7i", 9994, 0, 0, 0, 0, 0, (100 + len(body)) // 2) + struct.pack("<ii8d", 1000, kind, 120, 29, 121, 30, 0, 0, 0, 0) + body
points = shp(1, [struct.pack("<idd", 1, 120.4, 29.8), struct.pack("<idd", 1, 120.41, 29.81)])
def dbf(records):
    fields = [(b"NAME", b"C", 10), (b"KIND", b"C", 6)]
    head = struct.pack("<BBBBIHH20x", 3, 124, 1, 1, len(records), 32 + 32 * len(fields) + 1, 1 + sum(size for _, _, size in fields))
    head += b"".join(name.ljust(11, b"\0") + kind + b"\0" * 4 + bytes([size, 0]) + b"\0" * 14 for name, kind, size in fields) + b"\r"
    return head + b"".join(b" " + b"".join(cell.ljust(size) for cell, (_, _, size) in zip(record, fields)) for record in records) + b"\x1a"
prj = b'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
put("shapefile", "points", lengths(points, dbf([("东桥".encode("gbk"), b"pole"), (b"B", b"ring")]), prj, b"GBK"))
area = struct.pack("<i4dii", 5, 120, 29, 121, 30, 1, 4) + struct.pack("<i", 0) + b"".join(struct.pack("<dd", *at) for at in [(120, 29), (120, 30), (121, 30), (120, 29)])
put("shapefile", "area", lengths(shp(5, [area]), dbf([(b"A", b"lake")]), b"", b""))

file = here / "seed.gpkg"
file.unlink(missing_ok=True)
store = sqlite3.connect(file)
store.executescript("""pragma page_size=512; pragma application_id=1196444487;
create table gpkg_spatial_ref_sys(srs_name text, srs_id integer primary key, organization text, organization_coordsys_id integer, definition text, description text);
create table gpkg_contents(table_name text primary key, data_type text, identifier text, description text, last_change text, min_x, min_y, max_x, max_y, srs_id integer);
create table gpkg_geometry_columns(table_name text, column_name text, geometry_type_name text, srs_id integer, z integer, m integer);
insert into gpkg_spatial_ref_sys values('WGS 84', 4326, 'EPSG', 4326, '', '');
insert into gpkg_contents(table_name, data_type, srs_id) values('poles', 'features', 4326);
insert into gpkg_geometry_columns values('poles', 'geom', 'POINT', 4326, 0, 0);
create table poles(fid integer primary key, geom blob, id text, kind text, layer text);""")
wkb = b"GP\0\1" + struct.pack("<i", 4326) + struct.pack("<bIdd", 1, 1, 120.4, 29.8)
area = b"GP\0\1" + struct.pack("<i", 4326) + struct.pack("<bIII", 1, 3, 1, 4) + b"".join(struct.pack("<dd", *at) for at in [(1, 1), (2, 1), (2, 2), (1, 1)])
store.execute("insert into poles(geom, id, kind, layer) values(?, 'P1', 'pole', 'equipment')", [wkb])
store.execute("insert into poles(geom, id, kind, layer) values(?, 'W1', 'lake', 'water')", [area])
store.commit(); store.close()
put("geopackage", "poles", file.read_bytes()); file.unlink()

def varint(n):
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128]); n >>= 7
    return out + bytes([n])
def field(number, wire, data): return varint(number << 3 | wire) + (varint(len(data)) + data if wire == 2 else varint(data))
def blob(kind, data):
    body = field(1, 2, data)
    head = field(1, 2, kind) + field(3, 0, len(body))
    return struct.pack(">I", len(head)) + head + body
zigzag = lambda n: n << 1 if n >= 0 else (-n << 1) - 1
strings = b"".join(field(1, 2, word) for word in [b"", b"emergency", b"life_ring", b"natural", b"water", b"highway", b"footway"])
dense = field(1, 2, b"".join(varint(zigzag(n)) for n in [1, 1, 1])) + field(8, 2, b"".join(varint(zigzag(n)) for n in [298000000, 1000, 1000])) + field(9, 2, b"".join(varint(zigzag(n)) for n in [1204000000, 1000, -500])) + field(10, 2, bytes([1, 2, 0, 0, 0]))
way = field(1, 0, 5) + field(2, 2, bytes([3])) + field(3, 2, bytes([4])) + field(8, 2, b"".join(varint(zigzag(n)) for n in [1, 1, 1, -2]))
relation = field(1, 0, 7) + field(2, 2, bytes([3])) + field(3, 2, bytes([4])) + field(8, 2, bytes([0])) + field(9, 2, varint(zigzag(5))) + field(10, 2, bytes([1]))
block = field(1, 2, strings) + field(2, 2, field(2, 2, dense) + field(3, 2, way) + field(4, 2, relation))
put("osm_pbf", "town", blob(b"OSMHeader", field(4, 2, b"OsmSchema-V0.6") + field(4, 2, b"DenseNodes")) + blob(b"OSMData", block))
print("seeds:", sum(1 for _ in (here / "corpus").rglob("*") if _.is_file()))
