//! The `recert` command, under a name that these tests can find.

/// As in the program that is shipped: what a process may take up depends on it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    app::serve_if_asked().unwrap_or_else(cli::main)
}
