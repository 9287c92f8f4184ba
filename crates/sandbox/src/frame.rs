//! What goes over the pipes: a head of JSON and a body of bytes, each after its length.

use std::io::{self, ErrorKind, Read, Write};

/// More than any head has: of an answer it is at most the text of a file, or a line for each object of one.
const MOST_HEAD: u32 = 64 * 1024 * 1024;

const AT_ONCE: usize = 64 * 1024;

/// One message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) head: Vec<u8>,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn write(to: &mut impl Write, head: &[u8], body: &[u8]) -> io::Result<()> {
    let length = u32::try_from(head.len()).map_err(|_| ErrorKind::InvalidInput)?;
    let mut first = [&length.to_le_bytes()[..], &(body.len() as u64).to_le_bytes(), head].concat();
    // What is short goes at once, so that the other side wakes once.
    let (at_once, rest) = body.split_at(if body.len() <= AT_ONCE { body.len() } else { 0 });
    first.extend_from_slice(at_once);
    to.write_all(&first)?;
    to.write_all(rest)
}

/// `None` if the other side has closed. Room is made as bytes come, not as their number is claimed.
pub(crate) fn read(from: &mut impl Read, most: u64) -> io::Result<Option<Frame>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let head = u32::from_le_bytes(length);
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let body = u64::from_le_bytes(length);
    if head > MOST_HEAD || body > most {
        return Err(ErrorKind::InvalidData.into());
    }
    Ok(Some(Frame { head: exactly(from, head.into())?, body: exactly(from, body)? }))
}

fn exactly(from: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    const AT_FIRST: u64 = 16 * 1024 * 1024;
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(AT_FIRST)).unwrap_or(0));
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn what_was_written_is_read_and_what_is_cut_off_or_claims_too_much_is_refused() {
        let mut bytes = Vec::new();
        write(&mut bytes, b"head", b"body").unwrap();
        let frame = Frame { head: b"head".to_vec(), body: b"body".to_vec() };
        assert_eq!(read(&mut &bytes[..], 4).unwrap(), Some(frame));
        assert_eq!(read(&mut &b""[..], 4).unwrap(), None);
        assert!(read(&mut &bytes[..], 3).is_err());
        for end in 4..bytes.len() {
            assert!(read(&mut &bytes[..end], 4).is_err(), "{end}");
        }
        let claims = [&4_u32.to_le_bytes()[..], &u64::MAX.to_le_bytes(), b"head"].concat();
        assert!(read(&mut &claims[..], u64::MAX).is_err());
    }
}
