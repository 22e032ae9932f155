"""The theories a study is tagged against: framework files and their reader."""

from frameworks.errors import FrameworkError
from frameworks.loader import builtin_keys, from_dict, load_builtin, load_file, parse
from frameworks.model import Bilingual, Dimension, Framework, Indicator, Node, Phrases

__all__ = [
    "Bilingual",
    "Dimension",
    "Framework",
    "FrameworkError",
    "Indicator",
    "Node",
    "Phrases",
    "builtin_keys",
    "from_dict",
    "load_builtin",
    "load_file",
    "parse",
]
