//! Certificates of the classroom's own: an authority that is made once and kept in the data folder, and a certificate of its for
//! this machine, made anew at every start.
//!
//! Headsets and phones open camera and headset only to pages over HTTPS, and a classroom has no name that a public authority
//! would certify. A device that is enrolled trusts this authority; so that this is no danger to whoever owns the device, it can
//! certify nothing but names and addresses of local networks (RFC 5280, 4.2.1.10).

mod issue;
mod keep;
mod names;

pub(crate) use keep::prepare;
