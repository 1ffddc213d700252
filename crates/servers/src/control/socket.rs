/// The name of the socket in the data folder.
pub const SOCKET: &str = "control.sock";
