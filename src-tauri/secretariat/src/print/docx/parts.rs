//! The parts of a Word document beside its text: what it is, how it looks, how lists count, head and foot of its pages.

use std::fmt::Write;

use super::super::document::{Align, Document, Family, HeadingStyle};
use super::{escaped, twips};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The names that the elements of a text belong to.
pub(super) const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

pub(super) const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>\
<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
<Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>\
<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>\
</Types>";

pub(super) const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>\
</Relationships>";

pub(super) const PROGRAM: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Actario</Application></Properties>";

/// Where a text names its styles, lists, head, foot and links. Links follow the fixed parts.
pub(super) fn relations_of_body(links: &[String]) -> String {
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut xml = format!(
        "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    for (n, (kind, target)) in [
        ("styles", "styles.xml"),
        ("numbering", "numbering.xml"),
        ("settings", "settings.xml"),
        ("header", "header1.xml"),
        ("footer", "footer1.xml"),
    ]
    .iter()
    .enumerate()
    {
        let n = n + 1;
        let _ = write!(xml, "<Relationship Id=\"rId{n}\" Type=\"{TYPES}/{kind}\" Target=\"{target}\"/>");
    }
    for (n, link) in links.iter().enumerate() {
        let (n, link) = (n + FIRST_LINK, escaped(link));
        let _ = write!(
            xml,
            "<Relationship Id=\"rId{n}\" Type=\"{TYPES}/hyperlink\" Target=\"{link}\" TargetMode=\"External\"/>"
        );
    }
    xml.push_str("</Relationships>");
    xml
}

/// Numbers of the relations that a text names.
pub(super) const HEADER: usize = 4;
/// See [`HEADER`].
pub(super) const FOOTER: usize = 5;
/// See [`HEADER`].
pub(super) const FIRST_LINK: usize = 6;

/// Title, author, language and date.
pub(super) fn properties(document: &Document) -> String {
    let (title, author, language) =
        (escaped(&document.title), escaped(&document.author), escaped(&document.language));
    let date = document.date.format("%Y-%m-%dT%H:%M:%SZ");
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>\
<dc:language>{language}</dc:language><cp:lastModifiedBy>{author}</cp:lastModifiedBy>\
<dcterms:created xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:created>\
<dcterms:modified xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:modified></cp:coreProperties>"
    )
}

/// A typeface that offices have: the paper's own are not on their machines.
fn family(family: Family) -> &'static str {
    match family {
        Family::Serif => "Cambria",
        Family::Sans => "Calibri",
    }
}

/// Half points, in which Word gives sizes.
fn half(points: f32) -> i64 {
    (points * 2.0).round() as i64
}

/// Where text stands, as Word says it.
pub(super) fn alignment(align: Align, justify: bool) -> &'static str {
    match align {
        Align::Auto if justify => "both",
        Align::Auto | Align::Left => "left",
        Align::Right => "right",
        Align::Centre => "center",
        Align::Justified => "both",
    }
}

/// How everything looks, by the document's own style.
pub(super) fn styles(document: &Document) -> String {
    let style = &document.style;
    let language = escaped(&document.language);
    let body = family(style.body_family);
    let mut xml = format!(
        "{DECLARATION}<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr>\
<w:rFonts w:ascii=\"{body}\" w:hAnsi=\"{body}\" w:cs=\"{body}\" w:eastAsia=\"{body}\"/><w:sz w:val=\"{size}\"/>\
<w:szCs w:val=\"{size}\"/><w:lang w:val=\"{language}\" w:eastAsia=\"{language}\"/></w:rPr></w:rPrDefault>\
<w:pPrDefault><w:pPr><w:spacing w:after=\"{gap}\" w:line=\"{leading}\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/></w:style>\
<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
<w:tblCellMar><w:left w:w=\"{side}\" w:type=\"dxa\"/><w:right w:w=\"{side}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
        size = half(style.body_size),
        gap = twips(style.paragraph_gap),
        // 240 is single spacing; the leading of the paper is measured against it.
        leading = (style.body_leading / (style.body_size * 1.2) * 240.0).round() as i64,
        side = twips(style.cell_padding.0),
    );
    for (n, look) in style.headings.iter().enumerate() {
        heading(&mut xml, n, look, family(style.heading_family));
    }
    let (small, table, cell) = (half(style.small_size), family(style.table_family), half(style.table_size));
    let based = |id: &str, name: &str, paragraph: &str, run: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )
    };
    let sized = |size: i64| format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
    let of_table =
        format!("<w:rFonts w:ascii=\"{table}\" w:hAnsi=\"{table}\" w:cs=\"{table}\"/>{}", sized(cell));
    let room = twips(style.cell_padding.1);
    xml.push_str(&based("Small", "Nota", "", &sized(small)));
    xml.push_str(&based("Caption", "caption", "<w:keepNext/>", &of_table.replace("<w:sz ", "<w:b/><w:sz ")));
    xml.push_str(&based(
        "Cell",
        "Celda",
        &format!("<w:spacing w:before=\"{room}\" w:after=\"{room}\" w:line=\"240\" w:lineRule=\"auto\"/>"),
        &of_table,
    ));
    xml.push_str(&based(
        "Quote",
        "Quote",
        "<w:pBdr><w:left w:val=\"single\" w:sz=\"12\" w:space=\"8\" w:color=\"9E9E9E\"/></w:pBdr><w:ind w:left=\"567\"/>",
        "",
    ));
    let box_side =
        |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"6\" w:space=\"6\" w:color=\"9E9E9E\"/>");
    let frame: String = ["top", "left", "bottom", "right"].into_iter().map(box_side).collect();
    xml.push_str(&based(
        "Framed",
        "Recuadro",
        &format!("<w:pBdr>{frame}</w:pBdr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F2F2\"/>"),
        "",
    ));
    xml.push_str(&based(
        "Header",
        "header",
        "<w:tabs><w:tab w:val=\"right\" w:pos=\"9000\"/></w:tabs>",
        &sized(small),
    ));
    xml.push_str(&based("Footer", "footer", "<w:jc w:val=\"center\"/>", &sized(small)));
    xml.push_str(
        "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"0563C1\"/><w:u w:val=\"single\"/></w:rPr></w:style>",
    );
    xml.push_str("</w:styles>");
    xml
}

fn heading(xml: &mut String, n: usize, look: &HeadingStyle, font: &str) {
    let level = n + 1;
    let (above, below, size) = (twips(look.above), twips(look.below), half(look.size));
    let bold = if look.bold { "<w:b/>" } else { "" };
    let italic = if look.italic { "<w:i/>" } else { "" };
    let align = alignment(look.align, false);
    let _ = write!(
        xml,
        "<w:style w:type=\"paragraph\" w:styleId=\"Heading{level}\"><w:name w:val=\"heading {level}\"/><w:basedOn w:val=\"Normal\"/>\
<w:next w:val=\"Normal\"/><w:uiPriority w:val=\"9\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>\
<w:spacing w:before=\"{above}\" w:after=\"{below}\"/><w:jc w:val=\"{align}\"/><w:outlineLvl w:val=\"{n}\"/></w:pPr>\
<w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:cs=\"{font}\"/>{bold}{italic}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>"
    );
}

/// Levels of a list inside another.
const LEVELS: usize = 9;

/// How lists count: one of bullets, and one of numbers for each list that begins anew. `lists` holds the first number of each;
/// `None` is bullets.
pub(super) fn numbering(lists: &[Option<u32>]) -> String {
    let mut xml = format!("{DECLARATION}<w:numbering {NAMES}>");
    for (id, bullets) in [(0, true), (1, false)] {
        let _ =
            write!(xml, "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"multilevel\"/>");
        for level in 0..LEVELS {
            let indent = 425 * (level + 1);
            let (format, text) = match bullets {
                true => ("bullet", "•".to_owned()),
                false => ("decimal", format!("%{}.", level + 1)),
            };
            let _ = write!(
                xml,
                "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/>\
<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{indent}\" w:hanging=\"340\"/></w:pPr></w:lvl>"
            );
        }
        xml.push_str("</w:abstractNum>");
    }
    for (n, start) in lists.iter().enumerate() {
        let (id, kind) = (n + 1, usize::from(start.is_some()));
        let _ = write!(xml, "<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{kind}\"/>");
        for level in 0..LEVELS {
            if let Some(start) = start {
                let _ = write!(
                    xml,
                    "<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride>"
                );
            }
        }
        xml.push_str("</w:num>");
    }
    xml.push_str("</w:numbering>");
    xml
}

pub(super) fn settings(document: &Document) -> String {
    let language = escaped(&document.language);
    let hyphens = if document.style.hyphenate { "<w:autoHyphenation/>" } else { "" };
    format!(
        "{DECLARATION}<w:settings {NAMES}><w:defaultTabStop w:val=\"708\"/>{hyphens}\
<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
<w:themeFontLang w:val=\"{language}\"/></w:settings>"
    )
}

/// The small line on top of every page, and the mark of what is not official yet: in words at its right, and across the page.
pub(super) fn header(document: &Document) -> String {
    let line = escaped(&document.running_header);
    let (said, across) = match &document.draft_mark {
        Some(mark) => {
            let mark = escaped(mark);
            let said = format!("<w:r><w:tab/></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{mark}</w:t></w:r>");
            (said, watermark(&mark))
        }
        None => (String::new(), String::new()),
    };
    format!(
        "{DECLARATION}<w:hdr {NAMES} xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\">\
<w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>{across}<w:r><w:t xml:space=\"preserve\">{line}</w:t></w:r>{said}</w:p></w:hdr>"
    )
}

/// Grey letters across the page, as Word itself draws a watermark.
fn watermark(mark: &str) -> String {
    format!(
        "<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id=\"_x0000_t136\" coordsize=\"21600,21600\" o:spt=\"136\" adj=\"10800\" \
path=\"m@7,l@8,m@5,21600l@6,21600e\"><v:formulas><v:f eqn=\"sum #0 0 10800\"/><v:f eqn=\"prod #0 2 1\"/><v:f eqn=\"sum 21600 0 @1\"/>\
<v:f eqn=\"sum 0 0 @2\"/><v:f eqn=\"sum 21600 0 @3\"/><v:f eqn=\"if @0 @3 0\"/><v:f eqn=\"if @0 21600 @1\"/><v:f eqn=\"if @0 0 @2\"/>\
<v:f eqn=\"if @0 @4 21600\"/><v:f eqn=\"mid @5 @6\"/><v:f eqn=\"mid @8 @5\"/><v:f eqn=\"mid @7 @8\"/><v:f eqn=\"mid @6 @7\"/>\
<v:f eqn=\"sum @6 0 @5\"/></v:formulas><v:path textpathok=\"t\" o:connecttype=\"custom\" \
o:connectlocs=\"@9,0;@10,10800;@11,21600;@12,10800\" o:connectangles=\"270,180,90,0\"/><v:textpath on=\"t\" fitshape=\"t\"/>\
<v:handles><v:h position=\"#0,bottomRight\" xrange=\"6629,14971\"/></v:handles><o:lock v:ext=\"edit\" text=\"t\" shapetype=\"t\"/></v:shapetype>\
<v:shape id=\"ActarioMark\" o:spid=\"_x0000_s2049\" type=\"#_x0000_t136\" alt=\"{mark}\" \
style=\"position:absolute;margin-left:0;margin-top:0;width:420pt;height:105pt;rotation:315;z-index:-251658752;\
mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin\" \
o:allowincell=\"f\" fillcolor=\"#d9d9d9\" stroked=\"f\"><v:fill opacity=\".5\"/>\
<v:textpath style=\"font-family:&quot;Calibri&quot;;font-size:1pt\" string=\"{mark}\"/></v:shape></w:pict></w:r>"
    )
}

/// The small line at the foot, with the page's number and how many there are counted by Word.
pub(super) fn footer(document: &Document) -> String {
    let text = |said: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(said));
    let field =
        |code: &str| format!("<w:fldSimple w:instr=\" {code} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    let mut runs = String::new();
    let mut rest = document.footer.as_str();
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        let code = match from.get(..3) {
            Some("{x}") => "PAGE",
            Some("{y}") => "NUMPAGES",
            _ => break,
        };
        runs.push_str(&text(before));
        runs.push_str(&field(code));
        rest = &from[3..];
    }
    runs.push_str(&text(rest));
    format!(
        "{DECLARATION}<w:ftr {NAMES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{runs}</w:p></w:ftr>"
    )
}

/// The first line of every part.
pub(super) const fn declaration() -> &'static str {
    DECLARATION
}
