//! Pictures as PDF wants them: PNG decoded, JPEG passed on as it is, but for those of four inks: an archival file has the
//! colours of a screen alone (ISO 19005-2, 6.2.4.3).

use std::io::Cursor;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// A decoded picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// In dots.
    pub width: u32,
    /// In dots.
    pub height: u32,
    pub(super) content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// The file's own bytes, with 1 or 3 components.
    Jpeg { bytes: Vec<u8>, components: u8 },
    /// Eight bits a component, 1 or 3 of them, and how opaque each dot is.
    Raw { components: u8, dots: Vec<u8>, alpha: Option<Vec<u8>> },
}

/// Most memory a decoded picture may take: a full page scanned at 400 dots an inch, in colour, fits.
pub(super) const LIMIT: usize = 96 << 20;

impl Pixels {
    /// Reads a PNG or a JPEG; none if the bytes are neither, are damaged, or are larger than a page needs.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0x89, b'P', b'N', b'G']) { read_png(bytes) } else { read_jpeg(bytes) }
    }
}

/// A picture in grey, as codes are read in it: one byte a dot, 0 for black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grey {
    /// In dots.
    pub width: usize,
    /// In dots.
    pub height: usize,
    /// Row by row.
    pub dots: Vec<u8>,
}

impl Grey {
    /// Reads a PNG or a JPEG, as [`Pixels::read`].
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let Pixels { width, height, content } = Pixels::read(bytes)?;
        let (components, dots) = match content {
            Content::Raw { components, dots, .. } => (components, dots),
            Content::Jpeg { bytes, .. } => (3, in_three_colours(&bytes)?),
        };
        let (width, height) = (width as usize, height as usize);
        let dots = if components == 3 { Self::of_colours(&dots) } else { dots };
        (dots.len() == width * height).then_some(Self { width, height, dots })
    }

    /// Red, green and blue dots in grey.
    pub fn of_colours(dots: &[u8]) -> Vec<u8> {
        dots.chunks_exact(3)
            .map(|dot| {
                let [red, green, blue] = [dot[0], dot[1], dot[2]].map(u32::from);
                ((red * 77 + green * 150 + blue * 29) >> 8) as u8
            })
            .collect()
    }

    /// Half as wide and as tall.
    pub fn halved(&self) -> Self {
        let (width, height) = ((self.width / 2).max(1), (self.height / 2).max(1));
        let dot = |x: usize, y: usize| {
            let (x, y) = (x.min(self.width - 1), y.min(self.height - 1));
            u32::from(self.dots[y * self.width + x])
        };
        let dots = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x * 2, y * 2)))
            .map(|(x, y)| ((dot(x, y) + dot(x + 1, y) + dot(x, y + 1) + dot(x + 1, y + 1)) / 4) as u8)
            .collect();
        Self { width, height, dots }
    }
}

fn read_png(bytes: &[u8]) -> Option<Pixels> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: LIMIT });
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let size = reader.output_buffer_size().filter(|size| *size <= LIMIT)?;
    let mut data = vec![0; size];
    let frame = reader.next_frame(&mut data).ok()?;
    data.truncate(frame.buffer_size());
    let (components, opaque) = match frame.color_type {
        png::ColorType::Grayscale => (1, true),
        png::ColorType::GrayscaleAlpha => (1, false),
        png::ColorType::Rgb => (3, true),
        png::ColorType::Rgba => (3, false),
        png::ColorType::Indexed => return None,
    };
    let content = if opaque {
        Content::Raw { components, dots: data, alpha: None }
    } else {
        let step = usize::from(components) + 1;
        let mut dots = Vec::with_capacity(data.len() / step * usize::from(components));
        let mut alpha = Vec::with_capacity(data.len() / step);
        for dot in data.chunks_exact(step) {
            dots.extend_from_slice(&dot[..step - 1]);
            alpha.push(dot[step - 1]);
        }
        Content::Raw { components, dots, alpha: Some(alpha) }
    };
    (frame.width > 0 && frame.height > 0).then_some(Pixels {
        width: frame.width,
        height: frame.height,
        content,
    })
}

fn read_jpeg(bytes: &[u8]) -> Option<Pixels> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let (marker, after) = match rest {
            [0xff, 0xff, ..] => {
                rest = &rest[1..];
                continue;
            }
            [0xff, marker, after @ ..] => (*marker, after),
            _ => return None,
        };
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            rest = after;
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
        let segment = after.get(2..length)?;
        // Start of frame, but not the tables of Huffman (C4), extensions (C8) or arithmetic coding (CC).
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            let [8, h1, h0, w1, w0, components, ..] = *segment else { return None };
            let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
            if width == 0 || height == 0 || !matches!(components, 1 | 3 | 4) {
                return None;
            }
            let content = match components {
                4 => Content::Raw { components: 3, dots: in_three_colours(bytes)?, alpha: None },
                _ => Content::Jpeg { bytes: bytes.to_vec(), components },
            };
            return Some(Pixels { width: width.into(), height: height.into(), content });
        }
        rest = after.get(length..)?;
    }
}

/// The dots of a JPEG of four inks, in three colours.
fn in_three_colours(bytes: &[u8]) -> Option<Vec<u8>> {
    let side = usize::from(u16::MAX);
    let options = DecoderOptions::default()
        .set_max_width(side)
        .set_max_height(side)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    decoder.output_buffer_size().filter(|size| *size <= LIMIT)?;
    decoder.decode().ok()
}
