use std::collections::HashMap;

/// Keys remembered at most. An attacker who invents more pushes out the oldest; memory stays bounded.
const KEYS_MAX: usize = 10_000;

/// Counts tries per key and refuses when there are too many in a stretch of time. Pure: time is an argument.
#[derive(Debug)]
pub struct Throttle {
    limit: u32,
    window_us: i64,
    recent: HashMap<String, Window>,
    /// What was recent before `recent` last filled up; forgotten when it fills up again.
    older: HashMap<String, Window>,
}

#[derive(Debug)]
struct Window {
    began_us: i64,
    tries: u32,
}

impl Throttle {
    /// Allows `limit` tries per key in each window of `window_us` microseconds.
    pub fn new(limit: u32, window_us: i64) -> Self {
        Self { limit, window_us, recent: HashMap::new(), older: HashMap::new() }
    }

    /// Counts a try. A try is counted before it is known to fail, so that many at once are not all let through.
    ///
    /// # Errors
    /// Seconds to wait, if the window's tries are used up.
    pub fn take(&mut self, key: &str, now_us: i64) -> Result<(), u64> {
        let (limit, window_us) = (self.limit, self.window_us);
        let window = self.window(key, now_us);
        if window.tries >= limit {
            let left_us = window.began_us + window_us - now_us;
            return Err(u64::try_from(left_us).unwrap_or_default().div_ceil(1_000_000));
        }
        window.tries += 1;
        Ok(())
    }

    /// Forgets a key's tries, after one of them succeeded.
    pub fn forgive(&mut self, key: &str) {
        self.recent.remove(key);
        self.older.remove(key);
    }

    /// The key's current window, begun now if it has none that still runs.
    fn window(&mut self, key: &str, now_us: i64) -> &mut Window {
        if self.recent.len() >= KEYS_MAX / 2 && !self.recent.contains_key(key) {
            self.older = std::mem::take(&mut self.recent);
        }
        let kept = self.recent.remove(key).or_else(|| self.older.remove(key));
        let running = kept.filter(|window| now_us - window.began_us < self.window_us);
        let window = running.unwrap_or(Window { began_us: now_us, tries: 0 });
        self.recent.entry(key.to_owned()).or_insert(window)
    }
}
