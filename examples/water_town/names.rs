//! Names: all invented. That a real village or river is called alike is chance.

/// The main river.
pub const MAIN: &str = "云渡江";
/// Its southern arm.
pub const ARM: &str = "云渡江南支";
/// The river from the north.
pub const NORTH: &str = "苇渡河";
/// The river to the south.
pub const SOUTH: &str = "月桨河";
/// Rivers from the hills.
pub const BROOKS: [&str; 5] = ["白芷溪", "石莲溪", "青箬溪", "梅汀溪", "鹭汀溪"];
/// Canals; the last is the town's own.
pub const CANALS: [&str; 6] = ["北直河", "南直河", "北横河", "南横河", "新开河", "市河"];
/// Reservoirs in the hills.
pub const RESERVOIRS: [&str; 6] = [
    "松涧水库",
    "鹿角水库",
    "竹坞水库",
    "云岭水库",
    "鹤坪水库",
    "石屏水库",
];
/// Lakes in the plain.
pub const LAKES: [&str; 4] = ["荷花荡", "蓼花荡", "雁影荡", "芦雪荡"];
/// Villages, the two in the core first.
pub const VILLAGES: [&str; 29] = [
    "云渡社区",
    "南埠社区",
    "苇渡村",
    "桑榆村",
    "柳汀村",
    "荷荡村",
    "橹声村",
    "菱塘村",
    "莲桥村",
    "芦漾村",
    "稻熟村",
    "桂浦村",
    "梅汀村",
    "蓼湾村",
    "萍洲村",
    "雁滩村",
    "鹭汀村",
    "蚕月村",
    "机杼村",
    "月桨村",
    "麦圩村",
    "星圩村",
    "白芷村",
    "石莲村",
    "松涧村",
    "鹿角村",
    "竹坞村",
    "云岭村",
    "鹤坪村",
];
/// What ponds are called, by their place in a village.
pub const PONDS: [&str; 3] = ["大塘", "后塘", "鱼塘"];
/// Where a village's people come from who have taken on a duty.
pub const GROUPS: [&str; 4] = ["村干部", "网格员", "救援队员", "党员志愿者"];
