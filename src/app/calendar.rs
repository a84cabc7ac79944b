//! A volunteer's evenings as a calendar that is subscribed to by a secret address, and their team's way as a file.

use crate::app::clock;
use crate::app::duty_fault::DutyFault;
use crate::app::entries::chance;
use crate::app::exports::Export;
use crate::app::fault::Fault;
use crate::app::patrol_rows::TeamRow;
use crate::app::people::Secret;
use crate::app::people::hash;
use crate::app::regions::Regions;
use crate::formats::ical;
use crate::formats::ical::Appointment;
use crate::formats::ical::When;
use crate::geometry::lon_lat::LonLat;
use crate::model::account::AccountId;
use crate::model::day::Day;
use crate::model::moment::Moment;
use crate::model::roster::DutyAnswer;
use crate::model::volunteer::VolunteerId;

/// A calendar tells of so many days that are over.
const DAYS_BACK: u16 = 14;

/// A calendar tells of so many days that come.
const DAYS_AHEAD: u16 = 47;

/// An evening of which no plan is published takes so many minutes.
const USUAL_MINUTES: u32 = 90;

impl Regions {
    /// The secret by which a volunteer's calendar is known; one that was given before opens nothing any more.
    ///
    /// # Errors
    ///
    /// If there is no such region, the system gives no random numbers, or it cannot be kept.
    pub fn calendar_key(&self, region: &str, account: AccountId) -> Result<Secret, Fault> {
        let region = &self.slot(region)?.id;
        let key = chance()?;
        self.keep(|store| store.set_calendar_key(region, account, &key.hash(), clock::now()))?;
        Ok(key)
    }

    /// The calendar that a secret opens, as iCalendar: names of nobody, telephone numbers of nobody.
    ///
    /// # Errors
    ///
    /// If the secret opens none, its region is not ready, or the store cannot be read.
    pub fn calendar(&self, key: &str) -> Result<String, Fault> {
        let secret = hash(key);
        let found = self.keep(|store| store.calendar_of(&secret))?;
        let (region, account) = found.ok_or(DutyFault::NoCalendar)?;
        let snapshot = self.snapshot(&region)?;
        let names = &snapshot.region.settings.name;
        let name = names
            .values()
            .next()
            .map_or(region.as_str(), String::as_str);
        let volunteer = self.keep(|store| store.volunteer_of(&region, account))?;
        let mut appointments = Vec::new();
        if let Some(volunteer) = volunteer {
            let today = snapshot.today();
            let first = today.before(DAYS_BACK).unwrap_or(today);
            let zone = &snapshot.region.settings.time_zone;
            for evening in self.evenings(&region, &first, DAYS_BACK + DAYS_AHEAD)? {
                let team = evening.day.team_of(volunteer.id);
                let Some(number) = team.filter(|_| evening.day.is_published) else {
                    continue;
                };
                let (begins, way) = self.way_of(&region, &evening.day.day, number)?;
                let called = evening.day.teams[number - 1].name.as_ref();
                let called = called.map_or_else(|| number.to_string(), |name| name.as_str().into());
                let answer = evening.answers.get(&volunteer.id);
                appointments.push(Appointment {
                    uid: uid(&region, &evening.day.day, volunteer.id),
                    sequence: u32::try_from(evening.day.version).unwrap_or(u32::MAX),
                    stamp: clock::compact(clock::now()),
                    when: when(zone, &evening.day.day, begins.as_deref(), way.as_ref()),
                    summary: format!("巡逻 Patrol: {called}"),
                    description: way.as_ref().map(in_words).unwrap_or_default(),
                    place: way.and_then(|way| LonLat::new(way.start[0], way.start[1]).ok()),
                    is_cancelled: answer == Some(&DutyAnswer::Cannot),
                });
            }
        }
        Ok(ical::calendar(name, &appointments))
    }

    /// The way of somebody's team on an evening as GPX 1.1.
    ///
    /// # Errors
    ///
    /// If there is no such region, they are not on that evening, nothing is published for it, or the store cannot be read.
    pub fn own_gpx(&self, region: &str, account: AccountId, day: &Day) -> Result<Export, Fault> {
        let team = self.team_of(region, account, day)?;
        let team = team.ok_or_else(|| DutyFault::NotOn {
            day: day.as_str().to_owned(),
        })?;
        let plan = self.published_plan(&self.published(region, day)?)?;
        Ok(Export::of_ways(&plan, Some(team)))
    }

    fn way_of(
        &self,
        region: &str,
        day: &Day,
        team: usize,
    ) -> Result<(Option<String>, Option<TeamRow>), Fault> {
        let Some(published) = self.keep(|store| store.patrol(region, day))? else {
            return Ok((None, None));
        };
        let plan = self.published_plan(&published)?;
        let mut teams = plan.teams.into_iter();
        Ok((plan.begins, teams.find(|one| one.number == team)))
    }
}

fn uid(region: &str, day: &Day, volunteer: VolunteerId) -> String {
    format!("evening-{}-{}@{region}.zhugan", day.as_str(), volunteer.0)
}

fn when(zone: &str, day: &Day, begins: Option<&str>, way: Option<&TeamRow>) -> When {
    let at: Option<Moment> = begins.and_then(|begins| clock::moment_at(zone, day, begins));
    match at {
        Some(at) => {
            let minutes = way.map_or(USUAL_MINUTES, |way| (way.takes_s / 60.0).ceil() as u32);
            When::At(clock::compact(at), minutes)
        }
        None => When::On(day.as_str().replace('-', "")),
    }
}

/// How far it is, and where; the way itself is on the phone.
fn in_words(way: &TeamRow) -> String {
    let (kilometers, minutes) = (way.walk_m / 1000.0, (way.takes_s / 60.0).ceil());
    let mut waters: Vec<&str> = Vec::new();
    for stop in &way.stops {
        let name = stop.water_body_name.as_deref();
        waters.extend(name.filter(|name| !waters.contains(name)));
    }
    format!("{kilometers:.1} km · {minutes} min\n{}", waters.join("、"))
}
