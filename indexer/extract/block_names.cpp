#include "indexer/extract/block_names.h"

#include <string>
#include <string_view>

#include "indexer/extract/name_set.h"

namespace carrel::indexer {
namespace {

using Bits = NameBits::Bits;
constexpr Bits kFurnitureNames = kNamedComments | kNamedRelated | kNamedShare | kNamedAuthor | kNamedMeta |
                                 kNamedNavigation | kNamedAdvert | kNamedNewsletter | kNamedSidebar |
                                 kNamedTags | kNamedWidget;

Bits bits_of_tag(const MarkupName& name) {
  static const NameBits table({{kInArticle, "article"},
                               {kInMain, "main"},
                               {kInAside, "aside"},
                               {kInFooter, "footer"},
                               {kInNavigation, "nav menu"},
                               {kInHeader, "header"},
                               {kInForm, "form fieldset"},
                               {kInFigure, "figure figcaption"},
                               {kInTable, "table"},
                               {kInList, "ul ol dl"},
                               {kInQuote, "blockquote"}});
  return table.of(name);
}

Bits bits_of_role(std::string_view role) {
  static const NameBits table({{kInMain, "main"},
                               {kInArticle, "article"},
                               {kInAside, "complementary"},
                               {kInFooter, "contentinfo"},
                               {kInNavigation, "navigation menu menubar tablist toolbar"},
                               {kInHeader, "banner"},
                               {kInForm, "search form"},
                               {kNamedWidget, "dialog alertdialog alert"}});
  return table.of(role);
}

Bits bits_of_word(std::string_view word) {
  static const NameBits table(
      {{kNamedContent,
        "content contents body story text entry articlebody articletext bodytext maincontent storybody "
        "paragraph "
        "paragraphs prose richtext wysiwyg inhalt artikel contenido cuerpo contenu texte corps noticia nota "
        "texto beitrag"},
       {kNamedComments,
        "comment comments commentlist commentform disqus reply replies respond reactions responses "
        "discussion "
        "kommentar kommentare commentaires commentaire comentarios comentario livefyre trackback pingback "
        "trackbacks talkback leserkommentare"},
       {kNamedRelated,
        "related relatedposts recommended recommendation recommendations recommend more readmore similar "
        "also "
        "outbrain taboola trending popular mostread latest recent teaser teasers promo verwandt mehr "
        "aehnliche "
        "relacionadas relacionados associes crp yarpp jp next previous prev nextprev upnext further weitere "
        "tipp "
        "series suggested suggestions read crosslinks linkbox"},
       {kNamedShare,
        "share sharing social sociable sharebar sharedaddy addthis addtoany facebook twitter shariff follow "
        "sharethis socialmedia teilen compartir partage like likes buttons shares tweet whatsapp pinterest"},
       {kNamedAuthor,
        "author authors byline autor autoren bio biography profile vcard writer contributor about auteur "
        "autore "
        "aboutauthor authorbox authorinfo avatar"},
       {kNamedMeta,
        "meta postmeta metadata date time timestamp published dateline info details data infos postmetadata "
        "entrymeta byline pubdate datum fecha updated posted kicker subtitle dachzeile rubric eyebrow "
        "utility "
        "utilities tools toolbar actions print"},
       {kNamedNavigation,
        "nav navbar navi navigation menu menus submenu breadcrumb breadcrumbs crumbs crumb pagination pager "
        "paging "
        "pagenav skip skiplink toc sitemap tabs tab links sitenav topnav menue burger dropdown language lang "
        "languages category categories cat archive archives"},
       {kNamedAdvert,
        "ad ads adv advert adverts advertisement advertising adsense banner sponsor sponsored sponsors "
        "anzeige "
        "werbung dfp promo promotion publicidad pub shop offer deals affiliate product products commercial"},
       {kNamedNewsletter,
        "newsletter subscribe subscription signup signin login register registration donate donation "
        "mailchimp "
        "optin cta paywall abo abonnement premium membership appeal form callout"},
       {kNamedSidebar,
        "sidebar side rail right aside secondary tertiary marginal randspalte rightcol leftcol column "
        "seitenleiste "
        "lateral barra"},
       {kNamedTags,
        "tags tag taglist tagcloud keywords topics topic labels hashtags schlagworte etiquetas filed"},
       {kNamedCaption,
        "caption figcaption credit credits imagecaption wpcaption bildunterschrift copyright legend "
        "photo image img gallery slideshow picture bild lightbox media video player thumbnail"},
       {kNamedHeader, "header masthead branding logo top topbar head hero title headline titles kopf"},
       {kNamedWidget,
        "widget widgets cookie cookies consent gdpr popup modal overlay footer foot colophon disclaimer "
        "legal "
        "impressum search suche buscar notification alert notice hidden sr screenreader noprint noscript "
        "bottom "
        "rating ratings vote poll weather calendar subfooter sticky"}});
  return table.of(word);
}

/// class and id cut into words: "siteNav main-menu_2" is site, nav, main, menu.
Bits bits_of_names(std::string_view value) {
  Bits bits = 0;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) bits |= bits_of_word(word);
    word.clear();
  };
  char before = ' ';
  for (std::size_t i = 0; i < value.size() && i < 400; ++i) {
    const char c = value[i];
    const bool upper = c >= 'A' && c <= 'Z';
    const bool letter = upper || (c >= 'a' && c <= 'z');
    if (!letter || (upper && before >= 'a' && before <= 'z')) finish();
    if (letter) word.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
    before = c;
  }
  finish();
  return bits;
}

}  // namespace

std::vector<NamesAround> names_around(const MarkupTree& tree) {
  std::vector<NamesAround> names(tree.size());
  for (MarkupTree::Index i = 0; i < tree.size(); ++i) {
    const MarkupTree::Index parent = tree.node(i).parent;
    if (parent != MarkupTree::kNone) names[i] = names[parent];
    if (tree.node(i).is_text()) continue;
    const MarkupName& name = tree.name(i);
    if (name == "html" || name == "body") continue;
    Bits own = bits_of_tag(name);
    if (tree.node(i).attributes > 0) {
      if (const auto role = tree.attribute(i, "role")) own |= bits_of_role(*role);
      if (const auto value = tree.attribute(i, "class")) own |= bits_of_names(*value);
      if (const auto value = tree.attribute(i, "id")) own |= bits_of_names(*value);
      if (tree.attribute(i, "itemprop") == "articleBody") own |= kNamedContent | kInArticle;
    }
    if ((own & kFurnitureNames) != 0 && names[i].bad_levels < 255) ++names[i].bad_levels;
    names[i].bits |= own;
  }
  return names;
}

}  // namespace carrel::indexer
