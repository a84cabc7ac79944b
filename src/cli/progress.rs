//! A progress bar on a terminal, and nothing elsewhere.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::ProgressBar;
use indicatif::ProgressDrawTarget;
use indicatif::ProgressStyle;

use crate::app::region::Stage;

/// Does some work while a bar shows how far it has come; the bar is gone when the work is done.
pub(super) fn shown<Answer>(work: impl FnOnce(&(dyn Fn(Stage) + Sync)) -> Answer) -> Answer {
    let bar = bar();
    let answer = work(&|stage| {
        bar.set_position(stage.number() as u64);
        bar.set_message(match stage {
            Stage::Reading { n_done, n_files } if n_files > 0 => {
                format!("{} ({n_done} of {n_files})", stage.name())
            }
            Stage::Reading { .. }
            | Stage::Outlines
            | Stage::Mesh
            | Stage::Banks
            | Stage::Graph
            | Stage::Equipment => stage.name().to_owned(),
        });
    });
    bar.finish_and_clear();
    answer
}

/// Does some work that tells in words how far it has come; on a terminal the newest stand there until it is done.
pub(super) fn told<Answer>(work: impl FnOnce(&dyn Fn(String)) -> Answer) -> Answer {
    if !std::io::stderr().is_terminal() {
        return work(&|_| ());
    }
    let line = ProgressBar::new_spinner();
    line.enable_steady_tick(Duration::from_millis(200));
    let answer = work(&|words| line.set_message(words));
    line.finish_and_clear();
    answer
}

fn bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar =
        ProgressBar::with_draw_target(Some(Stage::COUNT as u64), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:24} {msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
