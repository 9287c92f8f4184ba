//! The `recert` command.

/// An evaluation is many small pieces of memory, and the systems' own allocators take a fifth longer for it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    app::serve_if_asked().unwrap_or_else(cli::main)
}
