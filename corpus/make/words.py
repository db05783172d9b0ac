"""The few words that the maker itself sets on a page, in every language of the library, and dates in words."""

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}

_WORDS = {
    "en": {"contents": "Contents", "page": "Page", "of": "of", "note": "Note", "report": "Report",
           "toolkit": "Toolkit", "guide": "Guide", "fact sheet": "Fact sheet", "form": "Form", "training": "Training",
           "replaces": "Replaces", "translation": "Translation of", "online": "Online at", "number": "Publication no.",
           "issued": "Issued", "series": "Series", "publisher": "Published by", "author": "Prepared by"},
    "es": {"contents": "Contenido", "page": "Página", "of": "de", "note": "Nota", "report": "Informe",
           "toolkit": "Caja de herramientas", "guide": "Guía", "fact sheet": "Hoja informativa", "form": "Formulario",
           "training": "Capacitación", "replaces": "Sustituye a", "translation": "Traducción de", "online": "En línea",
           "number": "Publicación n.º", "issued": "Fecha", "series": "Serie", "publisher": "Publica",
           "author": "Elaboración"},
    "vi": {"contents": "Mục lục", "page": "Trang", "of": "/", "note": "Ghi chú", "report": "Báo cáo",
           "toolkit": "Bộ công cụ", "guide": "Hướng dẫn", "fact sheet": "Tờ thông tin", "form": "Mẫu đơn",
           "training": "Đào tạo", "replaces": "Thay thế", "translation": "Bản dịch của", "online": "Trực tuyến",
           "number": "Số xuất bản", "issued": "Ngày phát hành", "series": "Loạt tài liệu", "publisher": "Xuất bản",
           "author": "Biên soạn"},
    "zh": {"contents": "目录", "page": "第", "of": "/", "note": "说明", "report": "报告", "toolkit": "工具包",
           "guide": "指南", "fact sheet": "情况说明", "form": "表格", "training": "培训", "replaces": "取代",
           "translation": "译自", "online": "网址", "number": "出版编号", "issued": "发布日期", "series": "系列",
           "publisher": "发布", "author": "编写"},
    "fr": {"contents": "Sommaire", "page": "Page", "of": "sur", "note": "Note", "report": "Rapport",
           "toolkit": "Boîte à outils", "guide": "Guide", "fact sheet": "Fiche d’information", "form": "Formulaire",
           "training": "Formation", "replaces": "Remplace", "translation": "Traduction de", "online": "En ligne",
           "number": "Publication n°", "issued": "Date", "series": "Série", "publisher": "Publié par",
           "author": "Rédaction"},
    "pt": {"contents": "Sumário", "page": "Página", "of": "de", "note": "Nota", "report": "Relatório",
           "toolkit": "Caixa de ferramentas", "guide": "Guia", "fact sheet": "Folha informativa",
           "form": "Formulário", "training": "Formação", "replaces": "Substitui", "translation": "Tradução de",
           "online": "Na internet", "number": "Publicação n.º", "issued": "Data", "series": "Série",
           "publisher": "Publicação", "author": "Elaboração"},
}

NAMES = {"en": "English", "es": "Español", "vi": "Tiếng Việt", "zh-Hans": "简体中文", "fr": "Français",
         "pt": "Português"}


def word(lang, key):
    """The word for `key` in the language `lang` (its primary subtag), or the key itself."""
    return _WORDS.get(lang.split("-")[0], _WORDS["en"]).get(key, key)


def date_in_words(date, lang):
    """'2021-09-14' as people of that language write it; a year or a year and month stay as short as they are."""
    year, month, day = ([int(part) for part in date.split("-")] + [0, 0])[:3]
    lang = lang.split("-")[0]
    if lang == "zh":
        return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    if lang == "vi":
        if not month:
            return f"Năm {year}"
        return (f"Ngày {day} tháng {month} năm {year}" if day else f"Tháng {month} năm {year}")
    if not month:
        return str(year)
    name = _MONTHS.get(lang, _MONTHS["en"]).split()[month - 1]
    if lang == "en":
        return f"{name} {day}, {year}" if day else f"{name} {year}"
    if lang == "fr":
        return f"{'1er' if day == 1 else day} {name} {year}" if day else f"{name.capitalize()} {year}"
    return f"{day} de {name} de {year}" if day else f"{name.capitalize()} de {year}"
