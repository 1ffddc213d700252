use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::handle::{Sandbox, hospital_file};
use super::snapshot::prepare;
use crate::StoreError;
use crate::image::{ImageInfo, Images};
use crate::journal::{Hash, NewEntry};
use crate::sqlite::{create_overlay, facts, open_overlay};

/// All sandboxes of a data folder; those in use are held open, the rest cost a file each.
pub struct Sandboxes {
    folder: PathBuf,
    images: Images,
    open_max: usize,
    open: Mutex<HashMap<String, Held>>,
}

struct Held {
    sandbox: Arc<Sandbox>,
    used_us: i64,
}

impl Sandboxes {
    /// The sandboxes in `folder`, laid over `images`; at most about `open_max` are kept open at a time.
    pub fn new(folder: PathBuf, images: Images, open_max: usize) -> Result<Self, StoreError> {
        fs::create_dir_all(&folder).map_err(StoreError::io(&folder))?;
        let sandboxes = Self { folder, images, open_max, open: Mutex::default() };
        let empty = sandboxes.empty_file();
        if !empty.exists() {
            let partial = empty.with_extension("partial");
            if partial.exists() {
                fs::remove_file(&partial).map_err(StoreError::io(&partial))?;
            }
            create_overlay(&partial)?;
            fs::rename(&partial, &empty).map_err(StoreError::io(&empty))?;
        }
        Ok(sandboxes)
    }

    /// Starts sandbox `id` over `image`, with named facts of its own. `started` is its first journal entry.
    pub fn create(
        &self,
        id: &str,
        image: &str,
        own_facts: &[(&str, &str)],
        started: &NewEntry,
        now_us: i64,
    ) -> Result<Arc<Sandbox>, StoreError> {
        let folder = self.folder_of(id)?;
        let info = self.images.get(image)?;
        if folder.exists() {
            return Err(StoreError::Conflict { what: format!("sandbox '{id}' exists already") });
        }
        let partial = self.folder.join(format!("{id}.partial"));
        fs::create_dir_all(&partial).map_err(StoreError::io(&partial))?;
        let named_facts = [&image_facts(&info), own_facts].concat();
        prepare(&self.empty_file(), &hospital_file(&partial), &named_facts, started)?;
        fs::rename(&partial, &folder).map_err(StoreError::io(&folder))?;
        let sandbox = Arc::new(Sandbox::open(id, folder, info, self.images.counts())?);
        self.hold(&sandbox, now_us);
        Ok(sandbox)
    }

    /// Sandbox `id`, opened if it is not.
    pub fn open(&self, id: &str, now_us: i64) -> Result<Arc<Sandbox>, StoreError> {
        let mut open = self.lock();
        if let Some(held) = open.get_mut(id) {
            held.used_us = now_us;
            return Ok(Arc::clone(&held.sandbox));
        }
        let folder = self.folder_of(id)?;
        if !folder.exists() {
            return Err(StoreError::NotFound { what: format!("sandbox '{id}'") });
        }
        let sandbox = Arc::new(self.open_folder(id, folder)?);
        make_room(&mut open, self.open_max);
        open.insert(id.to_owned(), Held { sandbox: Arc::clone(&sandbox), used_us: now_us });
        Ok(sandbox)
    }

    /// Gives the hospital back as its image has it, with named facts of its own. Snapshots stay. The new journal starts
    /// with an entry made by `event` from the place and hash where the old one ended.
    pub fn reset(
        &self,
        sandbox: &Sandbox,
        own_facts: &[(&str, &str)],
        event: impl FnOnce(i64, Hash) -> NewEntry,
    ) -> Result<(), StoreError> {
        let named_facts = [&image_facts(sandbox.image()), own_facts].concat();
        sandbox.replace_with(&self.empty_file(), &named_facts, event)
    }

    /// Removes sandbox `id` with its snapshots. Work in progress on it ends on a file without a name.
    pub fn delete(&self, id: &str) -> Result<(), StoreError> {
        let folder = self.folder_of(id)?;
        let mut open = self.lock();
        open.remove(id);
        if !folder.exists() {
            return Err(StoreError::NotFound { what: format!("sandbox '{id}'") });
        }
        fs::remove_dir_all(&folder).map_err(StoreError::io(&folder))
    }

    /// Every sandbox on disk, by id.
    pub fn list(&self) -> Result<Vec<String>, StoreError> {
        let mut ids = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(StoreError::io(&self.folder))? {
            let name =
                entry.map_err(StoreError::io(&self.folder))?.file_name().to_string_lossy().into_owned();
            if check_id(&name).is_ok() {
                ids.push(name);
            }
        }
        ids.sort();
        Ok(ids)
    }

    /// Closes the sandboxes nobody has used since `before_us`. Returns how many.
    pub fn close_idle(&self, before_us: i64) -> usize {
        let mut open = self.lock();
        let count = open.len();
        open.retain(|_, held| held.used_us >= before_us || Arc::strong_count(&held.sandbox) > 1);
        count - open.len()
    }

    /// Writes the journal entries of every open sandbox that still wait in memory.
    pub fn flush(&self) -> Result<(), StoreError> {
        let open: Vec<Arc<Sandbox>> = self.lock().values().map(|held| Arc::clone(&held.sandbox)).collect();
        open.iter().try_for_each(|sandbox| sandbox.flush())
    }

    /// How many sandboxes are open now.
    pub fn open_count(&self) -> usize {
        self.lock().len()
    }

    fn open_folder(&self, id: &str, folder: PathBuf) -> Result<Sandbox, StoreError> {
        let connection = open_overlay(&hospital_file(&folder))?;
        let fact = |name| facts::get(&connection, "main", name);
        let (Some(image), Some(digest)) = (fact("image")?, fact("image.digest")?) else {
            return Err(StoreError::Damaged { what: format!("sandbox '{id}'") });
        };
        connection.close().map_err(|(_, error)| StoreError::Sqlite(error))?;
        let image = self.images.get(&image)?;
        if image.digest != digest {
            return Err(StoreError::Conflict {
                what: format!(
                    "sandbox '{id}' was laid over another edition of image '{}'; put that edition back or delete the sandbox",
                    image.name
                ),
            });
        }
        Sandbox::open(id, folder, image, self.images.counts())
    }

    fn hold(&self, sandbox: &Arc<Sandbox>, now_us: i64) {
        let mut open = self.lock();
        make_room(&mut open, self.open_max);
        open.insert(sandbox.id().to_owned(), Held { sandbox: Arc::clone(sandbox), used_us: now_us });
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Held>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An empty sandbox file of this version, kept beside the sandboxes because copying it is far quicker than making
    /// its tables anew.
    fn empty_file(&self) -> PathBuf {
        self.folder.join(format!(".empty-{}.sqlite", crate::sqlite::SCHEMA_VERSION))
    }

    fn folder_of(&self, id: &str) -> Result<PathBuf, StoreError> {
        check_id(id)?;
        Ok(Path::new(&self.folder).join(id))
    }
}

/// What a sandbox file says of the image it lies over.
fn image_facts(image: &ImageInfo) -> [(&'static str, &str); 2] {
    [("image", &image.name), ("image.digest", &image.digest)]
}

/// Closes the sandboxes that have been unused longest until one more fits; those in use right now stay.
fn make_room(open: &mut HashMap<String, Held>, open_max: usize) {
    while open.len() >= open_max {
        let idle = open.iter().filter(|(_, held)| Arc::strong_count(&held.sandbox) == 1);
        let Some(oldest) = idle.min_by_key(|(_, held)| held.used_us).map(|(id, _)| id.clone()) else {
            return;
        };
        open.remove(&oldest);
    }
}

/// Sandbox ids are 8 lower-case base-32 characters (RFC 4648 alphabet).
fn check_id(id: &str) -> Result<(), StoreError> {
    let good = |c: char| c.is_ascii_lowercase() || ('2'..='7').contains(&c);
    if id.len() == 8 && id.chars().all(good) {
        return Ok(());
    }
    Err(StoreError::NotFound {
        what: format!("a sandbox named '{id}' (8 lower-case letters and digits 2 to 7)"),
    })
}
