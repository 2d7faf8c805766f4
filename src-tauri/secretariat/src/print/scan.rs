//! The code of a paper, read back from a scan or a photograph of it.

use lopdf::{Dictionary, Object, Stream};

use super::image::{Grey, LIMIT};
use super::join;

/// Pages of a scan that are looked at, from the last: the code is on the last page of the paper.
const PAGES: usize = 3;

/// Images of a page that are looked at.
const IMAGES: usize = 8;

/// Wider or taller pictures are halved: a code of 28 mm is read well below.
const LARGE: usize = 2600;

/// What the codes of a scan say, the last page's first: a PDF of scanned pages, a PNG or a JPEG.
#[must_use]
pub fn codes(bytes: &[u8]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for picture in pictures(bytes) {
        for code in in_picture(picture) {
            if !said.contains(&code) {
                said.push(code);
            }
        }
        if !said.is_empty() {
            break;
        }
    }
    said
}

/// The pictures of a file, each decoded when its turn comes.
fn pictures(bytes: &[u8]) -> Box<dyn Iterator<Item = Grey> + '_> {
    if !bytes.starts_with(b"%PDF-") {
        return Box::new(Grey::read(bytes).into_iter());
    }
    let Ok(file) = join::open(bytes) else { return Box::new(std::iter::empty()) };
    let pages: Vec<lopdf::ObjectId> = file.page_iter().collect();
    let streams: Vec<Stream> =
        pages.into_iter().rev().take(PAGES).flat_map(|page| images_of(&file, page)).collect();
    Box::new(streams.into_iter().filter_map(move |image| decoded(&file, &image)))
}

/// The images that a page shows, the largest first.
fn images_of(file: &lopdf::Document, page: lopdf::ObjectId) -> Vec<Stream> {
    let mut found = Vec::new();
    let Ok((own, inherited)) = file.get_page_resources(page) else { return found };
    let inherited = inherited.into_iter().filter_map(|id| file.get_dictionary(id).ok());
    for resources in own.into_iter().chain(inherited) {
        gather(file, resources, 0, &mut found);
    }
    found.sort_by_key(|image| std::cmp::Reverse(sides(file, &image.dict).map(|(w, h)| w * h)));
    found.truncate(IMAGES);
    found
}

/// Images among resources, also inside forms, which some scanners wrap a page in.
fn gather(file: &lopdf::Document, resources: &Dictionary, depth: usize, found: &mut Vec<Stream>) {
    let objects = resources.get(b"XObject").and_then(|o| file.dereference(o)).ok();
    let Some(objects) = objects.and_then(|(_, o)| o.as_dict().ok()) else { return };
    for (_, object) in objects {
        let Some(stream) = file.dereference(object).ok().and_then(|(_, o)| o.as_stream().ok()) else {
            continue;
        };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") if found.len() < IMAGES * 4 => found.push(stream.clone()),
            Ok(b"Form") if depth < 2 => {
                let inside = stream.dict.get(b"Resources").and_then(|o| file.dereference(o)).ok();
                if let Some(inside) = inside.and_then(|(_, o)| o.as_dict().ok()) {
                    gather(file, inside, depth + 1, found);
                }
            }
            _ => {}
        }
    }
}

fn sides(file: &lopdf::Document, image: &Dictionary) -> Option<(usize, usize)> {
    let side = |key: &[u8]| {
        let (_, value) = file.dereference(image.get(key).ok()?).ok()?;
        usize::try_from(value.as_i64().ok()?).ok().filter(|side| *side > 0)
    };
    Some((side(b"Width")?, side(b"Height")?))
}

/// A scanned image in grey: a photograph, or dots packed without loss. Other packings are for who can show them.
fn decoded(file: &lopdf::Document, image: &Stream) -> Option<Grey> {
    let filters = image.filters().ok()?;
    match filters.as_slice() {
        [b"DCTDecode"] => Grey::read(&image.content),
        [b"FlateDecode"] => {
            let parameters = image.dict.get(b"DecodeParms").and_then(|o| file.dereference(o)).ok();
            let predictor =
                parameters.and_then(|(_, o)| o.as_dict().ok()?.get(b"Predictor").ok()?.as_i64().ok());
            if predictor.is_some_and(|predictor| predictor > 1) {
                return None;
            }
            let dots = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(&image.content, LIMIT).ok()?;
            unpacked(file, image, dots)
        }
        _ => None,
    }
}

/// Dots of one or three components, eight bits or one each.
fn unpacked(file: &lopdf::Document, image: &Stream, dots: Vec<u8>) -> Option<Grey> {
    let (width, height) = sides(file, &image.dict)?;
    let bits = image.dict.get(b"BitsPerComponent").and_then(Object::as_i64).unwrap_or(1);
    let all = width.checked_mul(height)?;
    let dots = match bits {
        8 if dots.len() >= all.checked_mul(3)? => Grey::of_colours(&dots[..all * 3]),
        8 if dots.len() >= all => dots[..all].to_vec(),
        1 => {
            let row = width.div_ceil(8);
            if dots.len() < row.checked_mul(height)? {
                return None;
            }
            (0..height)
                .flat_map(|y| (0..width).map(move |x| (x, y)))
                .map(|(x, y)| if dots[y * row + x / 8] & (0x80 >> (x % 8)) == 0 { 0 } else { 255 })
                .collect()
        }
        _ => return None,
    };
    Some(Grey { width, height, dots })
}

fn in_picture(picture: Grey) -> Vec<String> {
    let mut picture = picture;
    while picture.width.max(picture.height) > LARGE {
        let half = picture.halved();
        let found = found_in(&half);
        if !found.is_empty() {
            return found;
        }
        picture = half;
    }
    found_in(&picture)
}

fn found_in(picture: &Grey) -> Vec<String> {
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(picture.width, picture.height, |x, y| {
        picture.dots.get(y * picture.width + x).copied().unwrap_or(255)
    });
    prepared.detect_grids().iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect()
}
