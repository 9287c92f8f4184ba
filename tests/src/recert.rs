//! The `recert` command, under a name that these tests can find.

fn main() -> std::process::ExitCode {
    cli::main()
}
