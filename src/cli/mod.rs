//! The commands: what was asked, the answer printed, and the exit code.

mod arguments;
mod check_text;
mod export;
mod gaps_table;
mod import;
mod import_arguments;
mod keeping;
mod nearest;
mod nearest_table;
mod output;
mod paper_arguments;
mod papers;
mod patience;
mod patrol;
mod patrol_arguments;
mod patrol_table;
mod place;
mod place_arguments;
mod place_table;
mod progress;
mod provider_arguments;
mod responders_table;
mod sample;
mod serve;
mod table;
mod user;
mod user_arguments;
mod webhook;
mod webhook_arguments;
mod words;

use std::io::IsTerminal;
use std::panic;
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;
use std::sync::OnceLock;

use clap::Parser;

use crate::app::gaps::GapsQuestion;
use crate::app::region::LoadedRegion;
use crate::cli::arguments::Arguments;
use crate::cli::arguments::CheckArguments;
use crate::cli::arguments::CheckFormat;
use crate::cli::arguments::Command;
use crate::cli::arguments::GapsArguments;
use crate::cli::arguments::GapsFormat;
use crate::cli::arguments::ServeArguments;
use crate::cli::table::Tone;
use crate::units::Meters;

/// It failed.
const FAILED: u8 = 1;

/// It was asked wrongly.
const WRONG_USAGE: u8 = 2;

/// The whole program: reads the command line, does what it says, and tells how it went.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse().and_then(Arguments::checked) {
        Ok(arguments) => arguments,
        Err(answer) => {
            // Help and version are answers too; nobody is left to tell if they cannot be printed.
            let _ = answer.print();
            return if answer.use_stderr() {
                ExitCode::from(WRONG_USAGE)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    let failure = match without_panic(|| execute(arguments.command)) {
        Ok(Ok(())) => return ExitCode::SUCCESS,
        Ok(Err(error)) => error.to_string(),
        Err(fault) => fault,
    };
    eprintln!("zhugan: {}", table::one_line(&failure));
    ExitCode::from(FAILED)
}

fn execute(command: Option<Command>) -> anyhow::Result<()> {
    match command {
        Some(Command::Serve(asked)) => serve::serve(asked),
        Some(Command::Check(asked)) => check(asked),
        Some(Command::Gaps(asked)) => gaps(&asked),
        Some(Command::Nearest(asked)) => nearest::nearest(&asked),
        Some(Command::Place(asked)) => place::place(&asked),
        Some(Command::Patrol(asked)) => patrol::patrol(&asked),
        Some(Command::Export(asked)) => export::export(asked),
        Some(Command::Import(asked)) => import::import(&asked),
        Some(Command::Report(asked)) => papers::report(asked),
        Some(Command::Labels(asked)) => papers::labels(asked),
        Some(Command::Backup(asked)) => keeping::backup(asked),
        Some(Command::Restore(asked)) => keeping::restore(asked),
        Some(Command::User(asked)) => user::user(asked),
        Some(Command::Webhook(asked)) => webhook::webhook(asked),
        None => serve::serve(ServeArguments::default()),
    }
}

fn check(asked: CheckArguments) -> anyhow::Result<()> {
    let Some(dir) = asked.region else {
        return keeping::check(asked.data, asked.format);
    };
    let region =
        progress::shown(|stage| LoadedRegion::load(&dir, asked.equipment.as_deref(), stage))?;
    let report = region.check();
    let answer = match asked.format {
        CheckFormat::Table => check_text::text(&report, tone(None)).into_bytes(),
        CheckFormat::Json => report.json(),
    };
    output::print(&answer)
}

fn gaps(asked: &GapsArguments) -> anyhow::Result<()> {
    let region = progress::shown(|stage| {
        LoadedRegion::load(&asked.region, asked.equipment.as_deref(), stage)
    })?;
    let report = region.gaps(&GapsQuestion {
        kinds: asked.kinds.kinds.clone(),
        limit: asked.limit_m.map(Meters),
    });
    let output = asked.output.as_deref();
    let answer = match asked.format {
        GapsFormat::Table => gaps_table::text(&report, asked.top, tone(output)).into_bytes(),
        GapsFormat::Json => report.json(),
        GapsFormat::Geojson => report.geojson(),
        GapsFormat::Csv => report.csv(),
    };
    match output {
        Some(file) => output::write(file, &answer),
        None => output::print(&answer),
    }
}

/// Headings are bold on a terminal, unless the person asks for no color; everywhere else text is plain.
fn tone(output: Option<&std::path::Path>) -> Tone {
    let is_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if output.is_none() && !is_plain && std::io::stdout().is_terminal() {
        Tone::Terminal
    } else {
        Tone::Plain
    }
}

/// A fault of the program itself is told in one line, too.
fn without_panic<Answer>(work: impl FnOnce() -> Answer) -> Result<Answer, String> {
    static FIRST: OnceLock<String> = OnceLock::new();
    panic::set_hook(Box::new(|fault| {
        // Only the first is the cause, so a second one is not kept.
        let _ = FIRST.set(fault.to_string());
    }));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    let _ = panic::take_hook();
    done.map_err(|_| {
        let fault = FIRST.get().map_or("", String::as_str);
        format!("a fault of the program itself, please report it with the region's folder: {fault}")
    })
}
