//! What the process may not do, laid upon itself before it reads anything. It cannot be taken off again.

/// The most memory that the process may have, in bytes. A photo of 108 megapixels, the most that telephones take, is
/// decoded, turned and made smaller within it.
pub const MOST_MEMORY: u64 = 768 * 1024 * 1024;

#[cfg(unix)]
pub(crate) fn confine() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    // A limit that is tighter already stays.
    let limit = |resource, most: u64| {
        let most = getrlimit(resource).maximum.map_or(most, |there| there.min(most));
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
    };
    // Linux counts what can be written to. Elsewhere that is not bounded, and the space of addresses is, as far as the
    // system heeds it.
    let memory = if cfg!(target_os = "linux") { Resource::Data } else { Resource::As };
    if let Err(error) = limit(memory, MOST_MEMORY) {
        // macOS refuses less than what a process has when it begins.
        if cfg!(target_os = "linux") {
            return Err(error.into());
        }
    }
    limit(Resource::Core, 0)?; // a crash writes down nothing of her certificates
    limit(Resource::Fsize, 0)?;
    #[cfg(target_os = "linux")]
    no_files()?;
    // The three pipes are open; nothing else can be.
    Ok(limit(Resource::Nofile, 3)?)
}

/// No file can be opened, made or run, and no connection opened: Landlock, as far as this kernel has it.
#[cfg(target_os = "linux")]
fn no_files() -> std::io::Result<()> {
    use landlock::{ABI, Access as _, AccessFs, AccessNet, Ruleset, RulesetAttr as _, Scope};
    const NEWEST: ABI = ABI::V6;
    let confined = Ruleset::default()
        .handle_access(AccessFs::from_all(NEWEST))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(NEWEST)))
        .and_then(|rules| rules.scope(Scope::from_all(NEWEST)))
        .and_then(Ruleset::create)
        .and_then(landlock::RulesetCreated::restrict_self);
    confined.map(drop).map_err(std::io::Error::other)
}

/// A job that holds this process alone. It bounds how much of the computer's memory is used: beyond it, the process waits
/// for its own pages.
#[cfg(windows)]
pub(crate) fn confine() -> std::io::Result<win32job::Job> {
    let mut limits = win32job::ExtendedLimitInfo::new();
    let most = usize::try_from(MOST_MEMORY).unwrap_or(usize::MAX);
    limits.limit_working_memory(1024 * 1024, most).limit_kill_on_job_close();
    let job = win32job::Job::create_with_limit_info(&limits).map_err(std::io::Error::other)?;
    job.assign_current_process().map_err(std::io::Error::other)?;
    Ok(job)
}
