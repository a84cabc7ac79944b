//! Starts the program.

fn main() -> std::process::ExitCode {
    zhugan::cli::run()
}
