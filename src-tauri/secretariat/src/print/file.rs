//! Objects as the bytes of a PDF 1.7 file: small ones packed and compressed together, one cross-reference stream, an
//! identifier that is the content's hash.
//!
//! lopdf's own writer leaves packed objects uncompressed and copies each of them first; a long document has tens of
//! thousands.

use std::io::Write;

use lopdf::{Dictionary, Object, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::packed;

/// Objects already written as text, by their numbers: the structure of a long document has too many to be held otherwise.
#[derive(Debug, Default)]
pub(super) struct Written {
    text: Vec<u8>,
    ends: Vec<(u32, usize)>,
}

impl Written {
    /// Adds an object's text.
    pub fn add(&mut self, id: u32, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
        self.ends.push((id, self.text.len()));
    }
}

/// Where an object is.
#[derive(Clone, Copy)]
enum Entry {
    Free,
    At(usize),
    Packed { stream: u32, index: usize },
}

/// A file as it is written, object by object: none is held longer than it takes to write it.
pub(super) struct Output<W> {
    to: W,
    at: usize,
    hash: Sha256,
    entries: Vec<Entry>,
    pack: Pack,
}

/// Objects on their way into one stream.
#[derive(Default)]
struct Pack {
    ids: Vec<u32>,
    index: String,
    body: Vec<u8>,
}

/// Readers must unpack a whole stream to see one object: not too many in each.
const PACKED: usize = 200;

/// Writes the file: its objects, those already written, and the trailer's `Root` and `Info`.
pub(super) fn write(mut file: lopdf::Document, written: &Written) -> Result<Vec<u8>, lopdf::Error> {
    let mut bytes = Vec::new();
    let mut output = Output::new(&mut bytes, file.max_id)?;
    for ((id, _), object) in std::mem::take(&mut file.objects) {
        output.object(id, object)?;
    }
    let mut from = 0;
    for &(id, end) in &written.ends {
        output.pack.begin(id);
        output.pack.body.extend_from_slice(&written.text[from..end]);
        output.packed()?;
        from = end;
    }
    output.finish(&file.trailer)?;
    Ok(bytes)
}

impl Pack {
    fn begin(&mut self, id: u32) {
        self.ids.push(id);
        self.index.push_str(&format!("{id} {} ", self.body.len()));
    }
}

impl<W: Write> Output<W> {
    /// Begins a file; the objects up to `reserved` will be placed under their own numbers.
    pub fn new(to: W, reserved: u32) -> Result<Self, lopdf::Error> {
        let entries = vec![Entry::Free; reserved as usize + 1];
        let mut output = Self { to, at: 0, hash: Sha256::new(), entries, pack: Pack::default() };
        output.put(b"%PDF-1.7\n%\xbb\xad\xc0\xde\n")?;
        Ok(output)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), lopdf::Error> {
        self.hash.update(bytes);
        self.at += bytes.len();
        Ok(self.to.write_all(bytes)?)
    }

    /// Writes an object under its number: streams by themselves, the others packed.
    pub fn object(&mut self, id: u32, object: Object) -> Result<(), lopdf::Error> {
        match object {
            Object::Stream(stream) => self.stream(id, stream),
            object => {
                self.pack.begin(id);
                write_object(&mut self.pack.body, &object);
                self.packed()
            }
        }
    }

    fn packed(&mut self) -> Result<(), lopdf::Error> {
        self.pack.body.push(b' ');
        if self.pack.ids.len() >= PACKED { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), lopdf::Error> {
        let pack = std::mem::take(&mut self.pack);
        if pack.ids.is_empty() {
            return Ok(());
        }
        let id = self.new_id();
        for (index, packed) in pack.ids.iter().enumerate() {
            self.place(*packed, Entry::Packed { stream: id, index });
        }
        let head = dictionary! {
            "Type" => "ObjStm",
            "N" => number(pack.ids.len()),
            "First" => number(pack.index.len()),
        };
        let mut content = pack.index.into_bytes();
        content.extend(pack.body);
        self.stream(id, Stream::new(head, content))
    }

    fn stream(&mut self, id: u32, mut stream: Stream) -> Result<(), lopdf::Error> {
        if stream.allows_compression {
            packed::pack(&mut stream);
        }
        stream.dict.set("Length", number(stream.content.len()));
        self.place(id, Entry::At(self.at));
        let mut head = format!("{id} 0 obj\n").into_bytes();
        write_dictionary(&mut head, &stream.dict);
        head.extend_from_slice(b"stream\n");
        self.put(&head)?;
        self.put(&stream.content)?;
        self.put(b"\nendstream\nendobj\n")
    }

    /// A number that no object has yet.
    pub fn new_id(&mut self) -> u32 {
        self.entries.push(Entry::Free);
        u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX)
    }

    fn place(&mut self, id: u32, entry: Entry) {
        if let Some(slot) = self.entries.get_mut(id as usize) {
            *slot = entry;
        }
    }

    /// Ends the file: what is packed, the cross-reference stream, and the trailer's `Root` and `Info`.
    pub fn finish(mut self, trailer: &Dictionary) -> Result<(), lopdf::Error> {
        self.flush()?;
        let hash = self.hash.clone().finalize();
        let identifier = Object::String(hash[..16].to_vec(), StringFormat::Hexadecimal);
        let id = self.new_id();
        let start = self.at;
        self.place(id, Entry::At(start));
        let mut table = Vec::with_capacity(self.entries.len() * 7);
        for entry in &self.entries {
            let (kind, first, second) = match *entry {
                Entry::Free => (0_u8, 0, 0xffff),
                Entry::At(offset) => (1, u32::try_from(offset).map_err(|_| too_large())?, 0),
                Entry::Packed { stream, index } => (2, stream, u16::try_from(index).unwrap_or(u16::MAX)),
            };
            table.push(kind);
            table.extend(first.to_be_bytes());
            table.extend(second.to_be_bytes());
        }
        let mut head = dictionary! {
            "Type" => "XRef",
            "Size" => number(self.entries.len()),
            "W" => vec![1.into(), 4.into(), 2.into()],
            "ID" => vec![identifier.clone(), identifier],
        };
        for key in ["Root", "Info"] {
            if let Ok(value) = trailer.get(key.as_bytes()) {
                head.set(key, value.clone());
            }
        }
        self.stream(id, Stream::new(head, table))?;
        self.put(format!("startxref\n{start}\n%%EOF\n").as_bytes())
    }
}

/// Four bytes say where each object is.
fn too_large() -> lopdf::Error {
    std::io::Error::from(std::io::ErrorKind::FileTooLarge).into()
}

fn write_object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend(value.to_string().into_bytes()),
        Object::Integer(value) => out.extend(value.to_string().into_bytes()),
        // Never in scientific notation, which PDF does not know.
        Object::Real(value) => out.extend(value.to_string().into_bytes()),
        Object::Name(name) => write_name(out, name),
        Object::String(bytes, _) => write_string(out, bytes),
        Object::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b' ');
                }
                write_object(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(out, dictionary),
        Object::Reference((id, generation)) => out.extend(format!("{id} {generation} R").into_bytes()),
        // Streams are objects of their own, written by the caller; nothing we build nests one.
        Object::Stream(stream) => write_dictionary(out, &stream.dict),
    }
}

fn write_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary {
        write_name(out, key);
        out.push(b' ');
        write_object(out, value);
    }
    out.extend_from_slice(b">>");
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.extend(format!("#{byte:02X}").into_bytes());
        }
    }
}

/// A text in parentheses if it is plain, in hexadecimal otherwise.
pub(super) fn write_string(out: &mut Vec<u8>, bytes: &[u8]) {
    if bytes.iter().all(|byte| matches!(byte, b' '..=b'~') && !b"()\\".contains(byte)) {
        out.push(b'(');
        out.extend_from_slice(bytes);
        out.push(b')');
    } else {
        out.push(b'<');
        out.extend(bytes.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()));
        out.push(b'>');
    }
}

fn number(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
