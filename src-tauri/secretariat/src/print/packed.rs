//! Streams of a PDF, compressed. Always by the same compressor: flate2 takes whichever backend another crate of the
//! program asks for, and then the same record would print as other bytes.

use lopdf::{Object, Stream};
use miniz_oxide::deflate::compress_to_vec_zlib;

/// The strongest level of zlib.
const BEST: u8 = 9;

/// zlib at a level, 0 to 9.
pub(super) fn zlib(bytes: &[u8], level: u8) -> Vec<u8> {
    compress_to_vec_zlib(bytes, level)
}

/// Compresses a stream that has no filter, when that makes it smaller than the filter's own name takes.
pub(super) fn pack(stream: &mut Stream) {
    const NAMED: usize = "/Filter/FlateDecode".len();
    if stream.dict.has(b"Filter") {
        return;
    }
    let packed = zlib(&stream.content, BEST);
    if packed.len() + NAMED < stream.content.len() {
        stream.dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
        stream.set_content(packed);
    }
}
