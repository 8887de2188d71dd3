"""An SVG beside the PNG of a picture in a document of Word: what can draw it does, the others show the PNG."""

from typing import Any

_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def add_vector(part: Any, blip: Any, svg: bytes, name: str) -> None:
    """Give a picture its SVG.

    Args:
        part: of the package, that the picture stands in.
        blip: the element that names the PNG.
        svg: the drawing.
        name: of the part for it, in the package.

    Source:
        [MS-ODRAWXML] 2.3.1.3, svgBlip: programs that do not know it take the picture that the blip names.
    """
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    related = part.relate_to(Part(PackURI(name), "image/svg+xml", svg, part.package), _IMAGE)
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    references = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    extensions = etree.SubElement(blip, f"{{{drawing}}}extLst")
    extension = etree.SubElement(extensions, f"{{{drawing}}}ext", uri=_EXTENSION)
    vector = etree.SubElement(extension, f"{{{_SVG}}}svgBlip", nsmap={"asvg": _SVG})
    vector.set(f"{{{references}}}embed", related)
