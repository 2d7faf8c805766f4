//! Several PDFs as one, page by page as they are: each is read, copied object by object straight into the output and let go
//! before the next, so that the memory is that of the largest alone.
//!
//! What is copied is what a page shows: its content, its resources and the annotations that say something. Programs, files
//! and forms inside a foreign file stay out. The structure that reads a paper aloud is kept of our own papers.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write;

use chrono::{DateTime, Utc};
use lopdf::{Dictionary, LoadOptions, Object, ObjectId, Stream, dictionary};

use super::file::Output;
use super::pdf::{PRODUCER, metadata, text_string};

/// Why a file's pages cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It asks for a password.
    Encrypted,
    /// It is no PDF, is damaged, or has no page.
    Broken,
}

/// Most that one compressed part of a foreign file may become: beyond it, the file is taken for a trap.
const UNPACKED: usize = 64 << 20;

/// Reads a PDF that somebody else made.
pub fn open(bytes: &[u8]) -> Result<lopdf::Document, Unreadable> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(Unreadable::Broken);
    }
    let options = LoadOptions::with_max_decompressed_size(UNPACKED);
    let file = lopdf::Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword => Unreadable::Encrypted,
        _ => Unreadable::Broken,
    })?;
    if file.is_encrypted() {
        return Err(Unreadable::Encrypted);
    }
    if file.page_iter().next().is_none() {
        return Err(Unreadable::Broken);
    }
    Ok(file)
}

/// Whether a file says that it was printed here: the structure of others is not brought in.
pub fn origin(file: &lopdf::Document) -> Origin {
    let info = file.trailer.get(b"Info").ok().and_then(|info| file.dereference(info).ok());
    let info = info.and_then(|(_, info)| info.as_dict().ok());
    match info.and_then(|info| info.get(b"Producer").and_then(Object::as_str).ok()) {
        Some(producer) if producer == PRODUCER.as_bytes() => Origin::Own,
        _ => Origin::Foreign,
    }
}

/// A part of the joined file.
struct Part {
    /// The node of its pages.
    node: u32,
    /// Its pages, in order.
    pages: Vec<u32>,
    /// Its line in the panel of the viewer; none for one that has no line.
    title: Option<String>,
}

/// A file under way.
pub struct Joined<W> {
    output: Output<W>,
    parts: Vec<Part>,
    /// The structure of each of our own papers.
    elements: Vec<u32>,
    /// What each of their pages and links belongs to in it, by key.
    numbers: Vec<Object>,
    next_number: i64,
}

/// Numbers kept for the objects that all parts hang from.
const CATALOG: u32 = 1;
const PAGES: u32 = 2;
const STRUCTURE: u32 = 3;
const WHOLE: u32 = 4;

/// Whether the file is one of ours, whose structure is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Printed here.
    Own,
    /// Anybody's.
    Foreign,
}

/// What the joined file says of itself.
pub struct About<'a> {
    /// Its title.
    pub title: &'a str,
    /// Who it is of.
    pub author: &'a str,
    /// When it was made.
    pub date: DateTime<Utc>,
}

impl<W: Write> Joined<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// Those of writing.
    pub fn new(to: W) -> Result<Self, lopdf::Error> {
        let output = Output::new(to, WHOLE)?;
        Ok(Self { output, parts: Vec::new(), elements: Vec::new(), numbers: Vec::new(), next_number: 0 })
    }

    /// Adds the pages of a file after those that are there; gives how many.
    ///
    /// # Errors
    /// Those of writing.
    pub fn add(
        &mut self,
        file: lopdf::Document,
        title: Option<&str>,
        origin: Origin,
    ) -> Result<usize, lopdf::Error> {
        let part = self.copied(file, title, origin)?;
        let pages = part.pages.len();
        self.parts.push(part);
        Ok(pages)
    }

    /// Puts the pages of a file of ours before all others, and ends the joined file. A link to `#N` leads to the first page
    /// of part N, counted from 1 as they were added.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self, front: lopdf::Document, about: &About<'_>) -> Result<(), lopdf::Error> {
        let front = self.copied(front, Some(about.title), Origin::Own)?;
        // Its structure is read first too.
        if let Some(last) = self.elements.pop() {
            self.elements.insert(0, last);
        }
        self.parts.insert(0, front);
        let mut kids: Vec<Object> = Vec::new();
        let mut all = 0;
        for part in &self.parts {
            let node = dictionary! {
                "Type" => "Pages",
                "Parent" => reference(PAGES),
                "Count" => number(part.pages.len()),
                "Kids" => part.pages.iter().map(|page| reference(*page)).collect::<Vec<_>>(),
            };
            self.output.object(part.node, node.into())?;
            kids.push(reference(part.node));
            all += part.pages.len();
        }
        let tree = dictionary! { "Type" => "Pages", "Count" => number(all), "Kids" => kids };
        self.output.object(PAGES, tree.into())?;
        let outline = self.outline()?;
        self.structure()?;
        let told = metadata(about.title, about.author, "es-CO", about.date, "", "").into_bytes();
        let told = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, told);
        let metadata_id = self.output.new_id();
        self.output.object(metadata_id, Object::Stream(told.with_compression(false)))?;
        let catalog = dictionary! {
            "Type" => "Catalog",
            "Pages" => reference(PAGES),
            "Outlines" => reference(outline),
            "PageMode" => "UseOutlines",
            "Lang" => Object::string_literal("es-CO"),
            "MarkInfo" => dictionary! { "Marked" => true },
            "StructTreeRoot" => reference(STRUCTURE),
            "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
            "Metadata" => reference(metadata_id),
        };
        self.output.object(CATALOG, catalog.into())?;
        let stamp = about.date.format("D:%Y%m%d%H%M%SZ").to_string();
        let info_id = self.output.new_id();
        let info = dictionary! {
            "Title" => text_string(about.title),
            "Author" => text_string(about.author),
            "Producer" => text_string(PRODUCER),
            "CreationDate" => Object::string_literal(stamp.as_str()),
            "ModDate" => Object::string_literal(stamp.as_str()),
        };
        self.output.object(info_id, info.into())?;
        self.output.finish(&dictionary! { "Root" => reference(CATALOG), "Info" => reference(info_id) })
    }

    /// The lines of the viewer's panel; gives their root.
    fn outline(&mut self) -> Result<u32, lopdf::Error> {
        let root = self.output.new_id();
        let lines: Vec<(u32, Object, u32)> = self
            .parts
            .iter()
            .filter_map(|part| Some((text_string(part.title.as_deref()?), *part.pages.first()?)))
            .collect::<Vec<_>>()
            .into_iter()
            .map(|(title, page)| (self.output.new_id(), title, page))
            .collect();
        for (at, (id, title, page)) in lines.iter().enumerate() {
            let mut line = dictionary! {
                "Title" => title.clone(),
                "Parent" => reference(root),
                "Dest" => vec![reference(*page), "Fit".into()],
            };
            if let Some((before, ..)) = at.checked_sub(1).and_then(|at| lines.get(at)) {
                line.set("Prev", reference(*before));
            }
            if let Some((after, ..)) = lines.get(at + 1) {
                line.set("Next", reference(*after));
            }
            self.output.object(*id, line.into())?;
        }
        let mut dict = dictionary! { "Type" => "Outlines", "Count" => number(lines.len()) };
        if let (Some(first), Some(last)) = (lines.first(), lines.last()) {
            dict.set("First", reference(first.0));
            dict.set("Last", reference(last.0));
        }
        self.output.object(root, dict.into())?;
        Ok(root)
    }

    /// The tree that all structures hang from.
    fn structure(&mut self) -> Result<(), lopdf::Error> {
        let kids: Vec<Object> = self.elements.iter().map(|element| reference(*element)).collect();
        let whole = dictionary! { "S" => "Document", "P" => reference(STRUCTURE), "K" => kids };
        self.output.object(WHOLE, whole.into())?;
        let parents = self.output.new_id();
        let numbers = dictionary! { "Nums" => std::mem::take(&mut self.numbers) };
        self.output.object(parents, numbers.into())?;
        let tree = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => reference(WHOLE),
            "ParentTree" => reference(parents),
            "ParentTreeNextKey" => self.next_number,
        };
        self.output.object(STRUCTURE, tree.into())
    }

    /// Copies a file's pages and all that they show.
    fn copied(
        &mut self,
        file: lopdf::Document,
        title: Option<&str>,
        origin: Origin,
    ) -> Result<Part, lopdf::Error> {
        let node = self.output.new_id();
        let sources: Vec<ObjectId> = file.page_iter().collect();
        let mut seen = HashSet::new();
        let sources: Vec<ObjectId> = sources.into_iter().filter(|id| seen.insert(*id)).collect();
        let pages: Vec<u32> = sources.iter().map(|_| self.output.new_id()).collect();
        let mut copy = Copy {
            named: named_places(&file),
            file,
            ids: sources.iter().copied().zip(pages.iter().copied()).collect(),
            waiting: Vec::new(),
            written: HashSet::new(),
            targets: self.parts.iter().map(|part| part.pages.first().copied()).collect(),
            shift: (origin == Origin::Own).then_some(self.next_number),
        };
        if origin == Origin::Own {
            self.take_structure(&mut copy)?;
        }
        for (source, page) in sources.iter().zip(&pages) {
            let dict = copy.page(*source, node, &mut self.output);
            self.output.object(*page, dict.into())?;
        }
        copy.write_waiting(&mut self.output)?;
        Ok(Part { node, pages, title: title.map(str::to_owned) })
    }

    /// Hangs a paper's structure from the joined one: its elements, and which of them each page and link is of.
    fn take_structure(&mut self, copy: &mut Copy) -> Result<(), lopdf::Error> {
        let Ok(root) = copy.file.catalog().and_then(|catalog| catalog.get(b"StructTreeRoot")) else {
            return Ok(());
        };
        let root = copy.resolved(root.clone());
        let Ok(root) = root.as_dict() else { return Ok(()) };
        let Ok(top) = root.get(b"K").and_then(Object::as_reference) else { return Ok(()) };
        let shift = self.next_number;
        let tree = root.get(b"ParentTree").map(|tree| copy.resolved(tree.clone()));
        if let Ok(Object::Dictionary(tree)) = tree
            && let Ok(pairs) = tree.get(b"Nums").and_then(Object::as_array)
        {
            for pair in pairs.chunks_exact(2) {
                let Ok(key) = pair[0].as_i64() else { continue };
                let mut value = pair[1].clone();
                copy.rewrite(&mut value, &mut self.output);
                self.numbers.push((key + shift).into());
                self.numbers.push(value);
                self.next_number = self.next_number.max(key + shift + 1);
            }
        }
        let Some(Object::Dictionary(mut element)) = copy.file.objects.remove(&top) else { return Ok(()) };
        element.remove(b"P");
        copy.rewrite_all(&mut element, &mut self.output);
        element.set("P", reference(WHOLE));
        let id = copy.number_of(top, &mut self.output);
        copy.written.insert(top);
        self.elements.push(id);
        self.output.object(id, element.into())
    }
}

/// A file on its way into the joined one.
struct Copy {
    file: lopdf::Document,
    /// What each object is called in the joined file.
    ids: HashMap<ObjectId, u32>,
    /// Those called, and which of them have been written apart.
    waiting: Vec<ObjectId>,
    written: HashSet<ObjectId>,
    /// Places of the file that have names.
    named: BTreeMap<Vec<u8>, Object>,
    /// First page of each part, for the links of the contents.
    targets: Vec<Option<u32>>,
    /// What is added to the keys of its structure; none when it is not kept.
    shift: Option<i64>,
}

/// What of a page is copied as it is. Its boxes, resources and turn may come from the nodes above it.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];
const OWN: [&[u8]; 6] = [b"Contents", b"BleedBox", b"TrimBox", b"ArtBox", b"Group", b"UserUnit"];

/// Nodes above a page, at most.
const DEEPEST: usize = 64;

/// Annotations that say something on the page, without a program or a file behind.
const SAYING: [&[u8]; 14] = [
    b"Text",
    b"FreeText",
    b"Line",
    b"Square",
    b"Circle",
    b"Polygon",
    b"PolyLine",
    b"Highlight",
    b"Underline",
    b"Squiggly",
    b"StrikeOut",
    b"Stamp",
    b"Ink",
    b"Caret",
];

impl Copy {
    /// What a reference leads to.
    fn resolved(&self, object: Object) -> Object {
        match self.file.dereference(&object) {
            Ok((_, found)) => found.clone(),
            Err(_) => object,
        }
    }

    /// The number of an object in the joined file; whoever asks first has it written later.
    fn number_of<W: Write>(&mut self, id: ObjectId, output: &mut Output<W>) -> u32 {
        let waiting = &mut self.waiting;
        *self.ids.entry(id).or_insert_with(|| {
            waiting.push(id);
            output.new_id()
        })
    }

    /// Gives every reference inside an object its new number.
    fn rewrite<W: Write>(&mut self, object: &mut Object, output: &mut Output<W>) {
        match object {
            Object::Reference(id) => *object = reference(self.number_of(*id, output)),
            Object::Array(items) => items.iter_mut().for_each(|item| self.rewrite(item, output)),
            Object::Dictionary(dict) => self.rewrite_all(dict, output),
            Object::Stream(stream) => self.rewrite_all(&mut stream.dict, output),
            _ => {}
        }
    }

    fn rewrite_all<W: Write>(&mut self, dict: &mut Dictionary, output: &mut Output<W>) {
        for (_, value) in dict.iter_mut() {
            self.rewrite(value, output);
        }
    }

    /// Writes what was called, and what that calls.
    fn write_waiting<W: Write>(&mut self, output: &mut Output<W>) -> Result<(), lopdf::Error> {
        while let Some(id) = self.waiting.pop() {
            if self.written.contains(&id) {
                continue;
            }
            let Some(number) = self.ids.get(&id).copied() else { continue };
            let mut object = self.file.objects.remove(&id).filter(shown).unwrap_or(Object::Null);
            if let Object::Stream(stream) = &mut object {
                // Content that stands in another file.
                for key in [b"F".as_slice(), b"FFilter", b"FDecodeParms"] {
                    stream.dict.remove(key);
                }
            }
            self.rewrite(&mut object, output);
            output.object(number, object)?;
        }
        Ok(())
    }

    /// A page as it goes into the joined file.
    fn page<W: Write>(&mut self, source: ObjectId, node: u32, output: &mut Output<W>) -> Dictionary {
        let old = self.file.get_dictionary(source).cloned().unwrap_or_default();
        let mut page = dictionary! { "Type" => "Page", "Parent" => reference(node) };
        for key in INHERITED {
            if let Some(value) = self.inherited(&old, key) {
                page.set(key, value);
            }
        }
        if !page.has(b"MediaBox") {
            page.set("MediaBox", vec![0.into(), 0.into(), 612.into(), 792.into()]);
        }
        for key in OWN {
            if let Ok(value) = old.get(key) {
                page.set(key, value.clone());
            }
        }
        let listed = old.get(b"Annots").map(|list| self.resolved(list.clone()));
        let said: Vec<Object> = match listed {
            Ok(Object::Array(list)) => {
                list.into_iter().filter_map(|annotation| self.annotation(annotation, output)).collect()
            }
            _ => Vec::new(),
        };
        for (_, value) in page.iter_mut().filter(|(key, _)| key.as_slice() != b"Parent") {
            self.rewrite(value, output);
        }
        if !said.is_empty() {
            page.set("Annots", said);
        }
        if let (Some(shift), Ok(key)) = (self.shift, old.get(b"StructParents").and_then(Object::as_i64)) {
            page.set("StructParents", key + shift);
            page.set("Tabs", "S");
        }
        page
    }

    /// What a page has from the nodes above it.
    fn inherited(&self, page: &Dictionary, key: &[u8]) -> Option<Object> {
        let mut at = page;
        for _ in 0..DEEPEST {
            if let Ok(value) = at.get(key) {
                return Some(value.clone());
            }
            at = self.file.get_dictionary(at.get(b"Parent").and_then(Object::as_reference).ok()?).ok()?;
        }
        None
    }

    /// An annotation as it goes into the joined file; none for one that is a program, a file or a field without a look.
    fn annotation<W: Write>(&mut self, listed: Object, output: &mut Output<W>) -> Option<Object> {
        let id = listed.as_reference().ok();
        let old = self.resolved(listed).as_dict().ok()?.clone();
        let kind = old.get(b"Subtype").and_then(Object::as_name).ok()?.to_vec();
        let mut new = Dictionary::new();
        let keep = |new: &mut Dictionary, keys: &[&[u8]]| {
            for key in keys {
                if let Ok(value) = old.get(key) {
                    new.set(*key, value.clone());
                }
            }
        };
        new.set("Type", "Annot");
        keep(&mut new, &[b"Rect", b"F", b"Contents", b"C", b"CA", b"Border", b"BS", b"QuadPoints"]);
        let mut place = None;
        match kind.as_slice() {
            b"Link" => {
                new.set("Subtype", "Link");
                place = self.place(&old);
                if let Some(part) = self.part(&old) {
                    new.set("Contents", text_string(&format!("Ir al documento {part}")));
                }
                match (&place, self.address(&old)) {
                    (Some(_), _) => {}
                    (None, Some(address)) => new.set("A", address),
                    (None, None) => return None,
                }
            }
            // The look of a field that was filled in or signed, as a stamp: the form itself stays in its own file.
            b"Widget" => {
                new.set("Subtype", "Stamp");
                new.set("AP", dictionary! { "N" => self.look(&old)? });
            }
            kind if SAYING.contains(&kind) => {
                new.set("Subtype", Object::Name(kind.to_vec()));
                let look = dictionary! { "N" => self.look(&old)? };
                keep(&mut new, &[b"IC", b"L", b"LE", b"Vertices", b"InkList", b"DA", b"Q", b"T", b"Name"]);
                new.set("AP", look);
            }
            _ => return None,
        }
        self.rewrite_all(&mut new, output);
        // Where it leads is said with new numbers already.
        if let Some(place) = place {
            new.set("Dest", place);
        }
        if let (Some(shift), Ok(key)) = (self.shift, old.get(b"StructParent").and_then(Object::as_i64)) {
            new.set("StructParent", key + shift);
        }
        let number = match id {
            Some(id) => *self.ids.entry(id).or_insert_with(|| output.new_id()),
            None => output.new_id(),
        };
        // One that the structure names is not written twice.
        self.written.extend(id);
        output.object(number, new.into()).ok()?;
        Some(reference(number))
    }

    /// The page that a link leads to, as a destination with new numbers.
    fn place(&self, link: &Dictionary) -> Option<Object> {
        if let Some(part) = self.part(link) {
            let page = self.targets.get(part.checked_sub(1)?).copied().flatten()?;
            return Some(vec![reference(page), "Fit".into()].into());
        }
        let action = link.get(b"A").map(|action| self.resolved(action.clone()));
        let action = action.as_ref().ok().and_then(|action| action.as_dict().ok());
        let kind = action.and_then(|action| action.get(b"S").and_then(Object::as_name).ok());
        let said = match (link.get(b"Dest"), action, kind) {
            (Ok(place), ..) => place.clone(),
            (_, Some(action), Some(b"GoTo")) => action.get(b"D").ok()?.clone(),
            _ => return None,
        };
        let said = match self.resolved(said) {
            Object::Name(name) | Object::String(name, _) => self.named.get(&name)?.clone(),
            said => said,
        };
        let said = match self.resolved(said) {
            Object::Dictionary(named) => self.resolved(named.get(b"D").ok()?.clone()),
            said => said,
        };
        let mut said = said.as_array().ok()?.clone();
        let page = self.ids.get(&said.first()?.as_reference().ok()?)?;
        said[0] = reference(*page);
        // A destination is a page, a way of fitting it, and numbers.
        said.iter().skip(1).all(|o| !matches!(o, Object::Reference(_))).then_some(said.into())
    }

    /// The part that a link of our own contents leads to: `#3`.
    fn part(&self, link: &Dictionary) -> Option<usize> {
        self.shift?;
        let action = self.resolved(link.get(b"A").ok()?.clone());
        let target = action.as_dict().ok()?.get(b"URI").and_then(Object::as_str).ok()?.strip_prefix(b"#")?;
        std::str::from_utf8(target).ok()?.parse().ok()
    }

    /// The address that a link leads to, of those that a reader may follow.
    fn address(&self, link: &Dictionary) -> Option<Object> {
        let action = self.resolved(link.get(b"A").ok()?.clone());
        let target = action.as_dict().ok()?.get(b"URI").and_then(Object::as_str).ok()?.to_vec();
        let plain = [b"https://".as_slice(), b"http://", b"mailto:"].iter().any(|s| target.starts_with(s));
        plain.then(|| {
            dictionary! { "S" => "URI", "URI" => Object::String(target, lopdf::StringFormat::Literal) }.into()
        })
    }

    /// What an annotation looks like, of its states the one it is in.
    fn look(&self, annotation: &Dictionary) -> Option<Object> {
        let looks = self.resolved(annotation.get(b"AP").ok()?.clone());
        let normal = looks.as_dict().ok()?.get(b"N").ok()?.clone();
        match self.resolved(normal.clone()) {
            Object::Stream(_) => normal.as_reference().ok().map(Into::into),
            Object::Dictionary(states) => {
                let state = annotation.get(b"AS").and_then(Object::as_name).ok()?;
                states.get(state).and_then(Object::as_reference).ok().map(Into::into)
            }
            _ => None,
        }
    }
}

/// Whether an object may be part of what a page shows. What another page, the whole file or a program is, is not.
fn shown(object: &Object) -> bool {
    let dict = match object {
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        _ => return true,
    };
    let name = |key: &[u8]| dict.get(key).and_then(Object::as_name).unwrap_or_default();
    !matches!(
        name(b"Type"),
        b"Catalog"
            | b"Pages"
            | b"Page"
            | b"Annot"
            | b"StructTreeRoot"
            | b"Action"
            | b"EmbeddedFile"
            | b"Filespec"
            | b"Sig"
    ) && name(b"S") != b"JavaScript"
        && name(b"Subtype") != b"PS"
}

/// Places with names, in both ways that files keep them.
fn named_places(file: &lopdf::Document) -> BTreeMap<Vec<u8>, Object> {
    let mut named = BTreeMap::new();
    let Ok(catalog) = file.catalog() else { return named };
    let dict = |object: &Object| file.dereference(object).ok().and_then(|(_, o)| o.as_dict().ok()).cloned();
    if let Some(old) = catalog.get(b"Dests").ok().and_then(dict) {
        named.extend(old.into_iter().map(|(name, place)| (name.clone(), place.clone())));
    }
    let Some(names) = catalog.get(b"Names").ok().and_then(dict) else { return named };
    let mut nodes: Vec<(Dictionary, usize)> =
        names.get(b"Dests").ok().and_then(dict).map(|node| (node, 0)).into_iter().collect();
    while let Some((node, depth)) = nodes.pop() {
        if let Ok(pairs) = node.get(b"Names").and_then(Object::as_array) {
            for pair in pairs.chunks_exact(2) {
                if let Ok(name) = pair[0].as_str() {
                    named.insert(name.to_vec(), pair[1].clone());
                }
            }
        }
        if let (Ok(kids), true) = (node.get(b"Kids").and_then(Object::as_array), depth < 8) {
            nodes.extend(kids.iter().filter_map(dict).map(|kid| (kid, depth + 1)));
        }
    }
    named
}

fn reference(number: u32) -> Object {
    Object::Reference((number, 0))
}

fn number(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
