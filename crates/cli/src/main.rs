//! The `recert` command.

fn main() -> std::process::ExitCode {
    cli::main()
}
