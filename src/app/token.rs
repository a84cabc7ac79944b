//! The token that lets its holder write, until there are accounts: given out once, and only its hash is kept.

use std::fmt::Write as _;
use std::fs;
use std::fs::DirBuilder;
use std::fs::OpenOptions;
use std::hint::black_box;
use std::io;
use std::io::ErrorKind;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;

use sha2::Digest;
use sha2::Sha256;

/// The file's name within the folder of what is kept.
const FILE: &str = "token";

/// What the line in the file begins with.
const KIND: &str = "sha256:";

/// The hash of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token([u8; 32]);

/// A token as the service finds or makes it when it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What a caller's token is compared with.
    pub token: Token,
    /// The token itself, if it has just been made; it is never to be had again.
    pub given: Option<String>,
    /// Where its hash is.
    pub kept: Kept,
}

/// Where the hash of a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In this file, for the next start, too.
    InFile(PathBuf),
    /// Nowhere but in the program, for this reason: the next start makes another token.
    InMemory(String),
}

impl Token {
    /// The hash of a token.
    ///
    /// A token of 256 bits needs no salt and no slow hash: nobody can try them all.
    pub fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }

    /// Whether a text is the token; how long that takes does not depend on how much of it is right.
    pub fn fits(&self, text: &str) -> bool {
        let other = Self::of(text);
        let pairs = self.0.iter().zip(other.0);
        let differing = pairs.fold(0, |differing, (a, b)| black_box(differing | (a ^ b)));
        differing == 0
    }

    /// The token whose hash is kept in a folder; where there is none, a new one is made and its hash is kept.
    ///
    /// # Errors
    ///
    /// If the system gives no chance. A folder that cannot be used is no error: the hash is kept in memory then.
    pub fn open(dir: Option<&Path>) -> io::Result<Opened> {
        let Some(dir) = dir else {
            return Ok(in_memory(
                made()?,
                "there is no folder to keep it in; name one with --data".to_owned(),
            ));
        };
        let file = dir.join(FILE);
        let made = match read(&file) {
            Err(fault) if fault.kind() == ErrorKind::NotFound => made()?,
            read => return opened(file, read),
        };
        match keep(dir, &file, &Self::of(&made)) {
            Ok(()) => Ok(Opened {
                token: Self::of(&made),
                given: Some(made),
                kept: Kept::InFile(file),
            }),
            // Another service that starts at the same moment was faster: its token holds.
            Err(fault) if fault.kind() == ErrorKind::AlreadyExists => {
                let read = read(&file);
                opened(file, read)
            }
            Err(fault) => Ok(in_memory(made, of_file(&file, &fault))),
        }
    }
}

fn opened(file: PathBuf, read: io::Result<Option<Token>>) -> io::Result<Opened> {
    let why = match read {
        Ok(Some(token)) => {
            return Ok(Opened {
                token,
                given: None,
                kept: Kept::InFile(file),
            });
        }
        Ok(None) => format!("{}: holds no token; delete it", file.display()),
        Err(fault) => of_file(&file, &fault),
    };
    Ok(in_memory(made()?, why))
}

fn in_memory(made: String, why: String) -> Opened {
    Opened {
        token: Token::of(&made),
        given: Some(made),
        kept: Kept::InMemory(why),
    }
}

fn of_file(file: &Path, fault: &io::Error) -> String {
    format!(
        "{}: {fault}; name a folder that can be written with --data",
        file.display()
    )
}

/// A new token: 256 bits from the system, as hexadecimal digits.
fn made() -> io::Result<String> {
    let mut chance = [0; 32];
    getrandom::fill(&mut chance).map_err(|fault| io::Error::other(fault.to_string()))?;
    Ok(hexadecimal(&chance))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The hash in a file; none if it holds something else.
fn read(file: &Path) -> io::Result<Option<Token>> {
    let text = fs::read_to_string(file)?;
    let digits = text.trim().strip_prefix(KIND);
    let digits = digits.filter(|digits| digits.len() == 64 && digits.is_ascii());
    Ok(digits.and_then(|digits| {
        let mut hash = [0; 32];
        for (place, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&digits[2 * place..2 * place + 2], 16).ok()?;
        }
        Some(Token(hash))
    }))
}

/// Keeps a hash in a new file that only its owner can read.
fn keep(dir: &Path, file: &Path, token: &Token) -> io::Result<()> {
    let (mut folder, mut options) = (DirBuilder::new(), OpenOptions::new());
    folder.recursive(true);
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        use std::os::unix::fs::OpenOptionsExt;

        folder.mode(0o700);
        options.mode(0o600);
    }
    folder.create(dir)?;
    let line = format!("{KIND}{}\n", hexadecimal(&token.0));
    let mut new = options.open(file)?;
    let written = new.write_all(line.as_bytes()).and_then(|()| new.sync_all());
    if written.is_err() {
        // Half a hash would lock everybody out.
        let _ = fs::remove_file(file);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_itself_and_nothing_else() {
        let secret = made().unwrap();
        let token = Token::of(&secret);
        assert!(token.fits(&secret));
        for other in ["", &secret[1..], &format!("{secret} "), &made().unwrap()] {
            assert!(!token.fits(other), "{other}");
        }
        assert_eq!(secret.len(), 64, "256 bits");
    }

    #[test]
    fn the_hash_is_that_of_fips_180() {
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hexadecimal(&Token::of("abc").0), text);
    }

    #[test]
    fn without_a_folder_it_is_kept_in_memory() {
        let (one, other) = (Token::open(None).unwrap(), Token::open(None).unwrap());
        assert!(matches!(&one.kept, Kept::InMemory(why) if why.contains("--data")));
        assert!(one.token.fits(one.given.as_deref().unwrap()));
        assert_ne!(one.given, other.given);
    }
}
