"""The rule against XML that declares entities: they can read files, ask servers and grow without end."""

from xml.parsers import expat

_DECLARES = "declares entities, which can be used to do harm"


class _PrologOverError(Exception):
    """The first element begins: nothing can be declared from here on."""


class _DeclaresEntitiesError(Exception):
    """An entity was declared."""


def refusal_of_xml(text: str) -> str | None:
    """Why `text` may not be given to an XML parser, if so; in words that follow the document's name.

    Only the prolog is read, by expat itself and with every handler closed, so that no parser can see an entity that
    this one did not (as defusedxml does). What is no XML is judged by its characters.
    """
    parser = expat.ParserCreate("utf-8")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = _end_prolog
    parser.EntityDeclHandler = _refuse
    parser.UnparsedEntityDeclHandler = _refuse
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except _PrologOverError:
        return None
    except _DeclaresEntitiesError:
        return _DECLARES
    except expat.ExpatError:
        return _DECLARES if "<!entity" in text.casefold() else None
    return None


def _end_prolog(_name: str, _attributes: dict[str, str]) -> None:
    raise _PrologOverError


def _refuse(*_declaration: object) -> None:
    raise _DeclaresEntitiesError
