"""Makes the faces of assets/fonts from their sources (run: python make.py SOURCE_SERIF_DIR NOTO_DIR OUT_DIR; needs fonttools).

Every face keeps Latin, Greek, Cyrillic, punctuation, currency, arrows and the mathematical signs it has, its kerning and
nothing else: no hinting, no alternates. Source Serif's licence reserves the name "Source", so what we changed is called
"Actario Serif".
"""
import sys
from pathlib import Path
from fontTools import subset
from fontTools.ttLib import TTFont

serif, noto, out = (Path(p) for p in sys.argv[1:4])
LETTERS = [(0x20, 0x7E), (0xA0, 0x24F), (0x250, 0x2AF), (0x2B0, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F),
           (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20CF), (0x2100, 0x218F), (0x2190, 0x21FF),
           (0x2200, 0x22FF), (0xFB01, 0xFB02), (0xFFFD, 0xFFFD)]
SIGNS = [(0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF), (0x2460, 0x24FF), (0x2500, 0x25FF), (0x2600, 0x26FF),
         (0x2700, 0x27BF), (0x2B00, 0x2BFF)]
FACES = [
    (serif / "400Regular/SourceSerif4_400Regular.ttf", "ActarioSerif-Regular", LETTERS),
    (serif / "700Bold/SourceSerif4_700Bold.ttf", "ActarioSerif-Bold", LETTERS),
    (serif / "400Regular_Italic/SourceSerif4_400Regular_Italic.ttf", "ActarioSerif-Italic", LETTERS),
    (serif / "700Bold_Italic/SourceSerif4_700Bold_Italic.ttf", "ActarioSerif-BoldItalic", LETTERS),
    (noto / "NotoSans-Regular.ttf", "NotoSans-Regular", LETTERS),
    (noto / "NotoSans-Bold.ttf", "NotoSans-Bold", LETTERS),
    (noto / "NotoSans-Italic.ttf", "NotoSans-Italic", LETTERS),
    (noto / "NotoSans-BoldItalic.ttf", "NotoSans-BoldItalic", LETTERS),
    (noto / "NotoSansSymbols2-Regular.ttf", "NotoSansSymbols2-Regular", SIGNS),
    (noto / "NotoSansMath-Regular.ttf", "NotoSansMath-Regular", [(0x2190, 0x21FF), (0x2200, 0x22FF)]),
]
for source, name, ranges in FACES:
    options = subset.Options(layout_features=["kern"], hinting=False, glyph_names=False, notdef_outline=True,
                             name_IDs=["*"], name_languages=[0x409], drop_tables=["GSUB", "GDEF", "DSIG", "STAT", "MATH", "meta", "gasp"])
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[c for a, b in ranges for c in range(a, b + 1)])
    subsetter.subset(font)
    if name.startswith("Actario"):
        style = name.split("-")[1]
        for record in list(font["name"].names):
            if record.nameID in (1, 16):
                record.string = "Actario Serif"
            elif record.nameID == 4:
                record.string = f"Actario Serif {style}"
            elif record.nameID in (3, 6):
                record.string = name
            elif record.nameID in (18, 20, 21, 22, 25):
                font["name"].names.remove(record)
    font.save(out / f"{name}.ttf")
    print(name, (out / f"{name}.ttf").stat().st_size, len(font.getBestCmap()))
