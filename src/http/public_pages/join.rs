//! The open call: a page for posters, on which anybody may say that they would walk along. It works without a script.

use maud::Markup;
use maud::html;
use serde_json::Value;

use crate::app::duty_words;
use crate::app::paper_words::Language;
use crate::http::parameters::bad;
use crate::http::problem::Fault;
use crate::http::public_pages::find::in_path;
use crate::http::public_pages::frame;
use crate::http::public_pages::frame::Page;
use crate::http::public_pages::piece::other_language;
use crate::http::volunteers::WhoBody;
use crate::model::region::RegionSettings;
use crate::model::volunteer::Skill;
use crate::model::volunteer::VolunteerKind;

/// What somebody has filled in, as they have written it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filled {
    pub name: String,
    pub phone: String,
    /// Names of a kind, of skills and numbers of weekdays.
    pub chosen: Vec<(String, String)>,
}

impl Filled {
    /// Nothing yet: they come on any day.
    pub fn nothing() -> Self {
        let every_day = (1..=7).map(|day| (DAY.to_owned(), day.to_string()));
        Self {
            name: String::new(),
            phone: String::new(),
            chosen: every_day.collect(),
        }
    }

    /// What a form has sent; whatever else is in it counts for nothing.
    pub fn of_form(body: &[u8]) -> Self {
        let mut filled = Self {
            name: String::new(),
            phone: String::new(),
            chosen: Vec::new(),
        };
        for (field, value) in form_urlencoded::parse(body).take(MOST_FIELDS) {
            match &*field {
                "name" => value.trim().clone_into(&mut filled.name),
                "phone" => value.trim().clone_into(&mut filled.phone),
                KIND | SKILL | DAY => filled.chosen.push((field.into_owned(), value.into_owned())),
                _ => {}
            }
        }
        filled
    }

    /// What was chosen of a field.
    fn of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        let chosen = self.chosen.iter().filter(move |(of, _)| of == field);
        chosen.map(|(_, value)| value.as_str())
    }

    /// Who it is.
    ///
    /// # Errors
    ///
    /// For a kind or a weekday that there is not, where none was chosen, and without a telephone number: whoever applies cannot be
    /// reached otherwise.
    pub fn who(&self) -> Result<WhoBody, Fault> {
        let kind = |kind: &VolunteerKind| self.has(KIND, duty_words::of_volunteer(*kind));
        let can = |skill: &Skill| self.has(SKILL, duty_words::of_skill(*skill));
        let weekdays: Vec<u8> = self.of(DAY).filter_map(|day| day.parse().ok()).collect();
        if weekdays.is_empty() {
            return Err(bad("weekdays", "choose at least one day"));
        }
        let kind = VolunteerKind::ALL.into_iter().find(kind);
        let kind = kind.ok_or_else(|| bad("kind", "choose one"))?;
        if !is_phone(&self.phone) {
            return Err(bad("phone", "give a number with 5 digits or more"));
        }
        Ok(WhoBody {
            name: self.name.clone(),
            kind,
            skills: Skill::ALL.into_iter().filter(can).collect(),
            weekdays,
            phone: Some(self.phone.clone()),
        })
    }

    fn has(&self, field: &str, value: &str) -> bool {
        self.of(field).any(|chosen| chosen == value)
    }
}

const KIND: &str = "kind";
const SKILL: &str = "skill";
const DAY: &str = "day";

/// A form has fewer.
const MOST_FIELDS: usize = 40;

/// How far somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// They have just come.
    Asked,
    /// What is to be mended.
    Wrong(&'a str),
    /// It is written down.
    Done,
}

/// The page whole.
pub(super) fn page(
    language: Language,
    settings: &RegionSettings,
    filled: &Filled,
    step: Step<'_>,
) -> String {
    let region = language.region(settings);
    let address = address(settings.id.as_str());
    let body = html! {
        section {
            h1 { (language.of("一起巡河", "Walk the banks with us")) }
            p.soft { (region) }
        }
        @match step {
            Step::Done => (done(language)),
            Step::Asked => (form(language, &address, filled)),
            Step::Wrong(why) => {
                p.notice role="alert" { (why) }
                (form(language, &address, filled))
            },
        }
        p.links { (other_language(language, &address)) }
    };
    let title = language.of(
        "志愿者报名 · Zhugan 竹竿",
        "Become a volunteer · Zhugan 竹竿",
    );
    frame::whole(&Page {
        language,
        title,
        says: &Value::Null,
        script: &frame::OF_FORM,
        body: &body,
    })
}

/// Where the open call of a region is.
pub(super) fn address(region: &str) -> String {
    format!("/join/{}", in_path(region))
}

/// Whether somebody could be called there.
fn is_phone(text: &str) -> bool {
    let is_usual = |sign: char| sign.is_ascii_digit() || " +-()./".contains(sign);
    5 <= text.chars().filter(char::is_ascii_digit).count() && text.chars().all(is_usual)
}

fn done(language: Language) -> Markup {
    html! {
        section role="status" {
            h2 { (language.of("已收到，谢谢！", "We have it. Thank you!")) }
            p { (language.of(
                "工作人员审核后会与您联系，并发给您登录链接。",
                "Somebody will look into it, call you, and send you a link to sign in with.",
            )) }
        }
    }
}

fn form(language: Language, address: &str, filled: &Filled) -> Markup {
    html! {
        section {
            p { (language.of(
                "傍晚沿河走一圈：查看救生器材，劝离危险水域的人。无需经验，两人以上同行。",
                "An evening's walk along the water: look at the rescue equipment, and talk people away from where it is dangerous. Nobody needs experience, and nobody walks alone.",
            )) }
            form method="post" action={ (address) "?lang=" (language.tag()) } {
                label for="name" { (language.of("姓名", "Your name")) }
                input #name name="name" value=(filled.name) maxlength="100" autocomplete="name" required;
                label for="phone" { (language.of("电话", "Telephone")) }
                input #phone name="phone" type="tel" value=(filled.phone) maxlength="40" autocomplete="tel" required;
                fieldset {
                    legend { (language.of("您的身份", "Where you come from")) }
                    @for kind in VolunteerKind::ALL {
                        @let value = duty_words::of_volunteer(kind);
                        label { input type="radio" name=(KIND) value=(value) checked[filled.has(KIND, value)] required; (kind_text(language, kind)) }
                    }
                }
                fieldset {
                    legend { (language.of("特长（可不选）", "What you can do (if anything)")) }
                    @for skill in Skill::ALL {
                        @let value = duty_words::of_skill(skill);
                        label { input type="checkbox" name=(SKILL) value=(value) checked[filled.has(SKILL, value)]; (skill_text(language, skill)) }
                    }
                }
                fieldset.days {
                    legend { (language.of("哪些晚上可以来", "Evenings on which you can come")) }
                    @for (day, text) in days(language) {
                        label { input type="checkbox" name=(DAY) value=(day) checked[filled.has(DAY, &day.to_string())]; (text) }
                    }
                }
                p.soft { (language.of(
                    "姓名和电话只有本辖区的管理人员能看到，同队队员在当晚能看到；您退出时即删除电话。",
                    "Your name and number are seen by those who plan here, and on your evening by your team; when you leave, the number is deleted.",
                )) }
                button.wide type="submit" { (language.of("报名", "Count me in")) }
            }
        }
    }
}

fn kind_text(language: Language, kind: VolunteerKind) -> &'static str {
    match kind {
        VolunteerKind::VillageCadre => language.of("村干部", "Village cadre"),
        VolunteerKind::GridWorker => language.of("网格员", "Grid worker"),
        VolunteerKind::RescueTeam => language.of("救援队员", "Member of a rescue team"),
        VolunteerKind::PartyVolunteer => language.of("党员志愿者", "Party volunteer"),
        VolunteerKind::Other => language.of("其他居民", "Somebody else who lives here"),
    }
}

fn skill_text(language: Language, skill: Skill) -> &'static str {
    match skill {
        Skill::Swimmer => language.of("会游泳", "I swim well"),
        Skill::FirstAid => language.of("会急救", "First aid"),
        Skill::Boat => language.of("会驾船", "I can steer a boat"),
    }
}

fn days(language: Language) -> impl Iterator<Item = (u8, &'static str)> {
    let texts = match language {
        Language::Chinese => ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
        Language::English => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    };
    (1..).zip(texts)
}
