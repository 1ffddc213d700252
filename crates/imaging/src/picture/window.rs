/// A window: which values become which grey (PS3.3, C.11.2.1.2).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// The value in the middle.
    pub center: f64,
    /// From black to white.
    pub width: f64,
}

impl Window {
    /// The grey of a value, by the linear function of the standard.
    pub fn grey(self, value: f64) -> u8 {
        let (center, width) = (self.center - 0.5, (self.width - 1.0).max(0.0));
        if value <= center - width / 2.0 {
            0
        } else if value > center + width / 2.0 {
            u8::MAX
        } else {
            (((value - center) / width + 0.5) * 255.0) as u8
        }
    }
}
