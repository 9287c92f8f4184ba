//! Keeps the window on its own pages: the content security policy alone lets it leave.

use tauri::Runtime;
use tauri::plugin::{Builder, TauriPlugin};

/// Refuses every navigation away from the application's own origin.
pub(crate) fn guard<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("navigation-guard").on_navigation(|_, url| is_own(url)).build()
}

fn is_own(url: &tauri::Url) -> bool {
    let own = if cfg!(windows) {
        matches!(url.scheme(), "http" | "https") && url.host_str() == Some("tauri.localhost")
    } else {
        url.scheme() == "tauri" && url.host_str() == Some("localhost")
    };
    let served_in_development =
        cfg!(dev) && url.scheme() == "http" && url.host_str() == Some("127.0.0.1") && url.port() == Some(1420);
    own && url.port().is_none() || served_in_development
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_window_never_leaves_its_own_pages() {
        let own = if cfg!(windows) { "http://tauri.localhost/index.html" } else { "tauri://localhost/index.html" };
        assert!(is_own(&own.parse().unwrap()), "{own}");
        for foreign in [
            "https://www.aama-ntl.org/",
            "http://tauri.localhost.example.com/",
            "http://tauri.localhost:8080/",
            "http://127.0.0.1:8080/",
            "tauri://example.com/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
        ] {
            assert!(!is_own(&foreign.parse().unwrap()), "{foreign}");
        }
    }
}
