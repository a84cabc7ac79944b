//! The folder of what is kept: its owner's alone, and one service's at a time.

use std::fs::DirBuilder;
use std::fs::File;
use std::fs::OpenOptions;
use std::fs::TryLockError;
use std::io;
use std::path::Path;

use crate::store::fault::StoreFault;

/// Locked by the service that uses the folder; the system unlocks it when the service ends, however it ends.
const LOCK: &str = "zhugan.lock";

/// The lock of a folder, which is made if it is not there.
///
/// It is a file of its own: SQLite's locks on the file of the store would end with the first handle that is closed.
pub(super) fn locked(dir: &Path) -> Result<File, StoreFault> {
    let unusable = |source| StoreFault::Folder {
        dir: dir.display().to_string(),
        source,
    };
    made(dir).map_err(unusable)?;
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    let lock = owned(&mut options).open(dir.join(LOCK));
    let lock = lock.map_err(unusable)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StoreFault::InUse {
            dir: dir.display().to_string(),
        }),
        Err(TryLockError::Error(source)) => Err(unusable(source)),
    }
}

fn made(dir: &Path) -> io::Result<()> {
    let mut folder = DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;

        folder.mode(0o700);
    }
    folder.create(dir)
}

/// Files that are made so are readable by nobody but their owner.
pub(super) fn owned(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;

        options.mode(0o600);
    }
    options
}

/// Has the system write down that a file has come into a folder, or has another name.
pub(super) fn sync(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}
