//! How much the page may say at once.

use app::{Code, Error};
use serde_json::Value;
use tauri::Runtime;
use tauri::ipc::{Invoke, InvokeBody};

/// More than what an issuer decided of ten thousand credits, which is the longest that a form sends.
const MOST_TEXT: usize = 4 << 20;

/// Refuses a message of the page that is longer than any form, before a command sees it.
pub(crate) fn bounded<R: Runtime>(
    handler: impl Fn(Invoke<R>) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    move |invoke| {
        let length = match invoke.message.payload() {
            InvokeBody::Json(asked) => length(asked),
            InvokeBody::Raw(bytes) => bytes.len(),
        };
        if length > MOST_TEXT {
            let message = "This is more text than Recert keeps. Shorten it, then try again.";
            invoke.resolver.reject(Error::new(Code::Invalid, message));
            return true;
        }
        handler(invoke)
    }
}

/// About how long a value is as text.
fn length(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 8,
        Value::String(text) => 8 + text.len(),
        Value::Array(values) => 8 + values.iter().map(length).sum::<usize>(),
        Value::Object(fields) => 8 + fields.iter().map(|(name, value)| 8 + name.len() + length(value)).sum::<usize>(),
    }
}
