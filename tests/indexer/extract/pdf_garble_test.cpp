#include "indexer/extract/pdf_garble.h"

#include <string>

#include "tests/catch.h"

using namespace carrel::indexer;

namespace {

const std::string kProse =
    "Survivors of human trafficking may be eligible for benefits and services regardless of their "
    "immigration "
    "status. Advocates help them to find safe housing, legal counsel and medical care near their families.";

/// The letters of `text` moved on by `by` places in ASCII, as fonts of subsets without a key give them.
std::string moved(std::string text, int by) {
  for (char& c : text) {
    if (c > ' ' && c + by > ' ' && c + by < 0x7f) c = static_cast<char>(c + by);
  }
  return text;
}

/// Each letter exchanged for another.
std::string exchanged(std::string text) {
  const std::string to = "qzxjkvbpygfwmucldrhsnioaet";
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = to[static_cast<std::size_t>(c - 'a')];
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(to[static_cast<std::size_t>(c - 'A')] - 32);
  }
  return text;
}

bool garbled(const std::string& text) {
  return is_garbled(text, text.size(), 0);
}

}  // namespace

TEST_CASE("Text in any language and script is text") {
  for (const char* text :
       {"Las víctimas de la trata de personas pueden recibir ayuda aunque no tengan papeles, en cualquier "
        "estado.",
        "Les victimes de la traite des êtres humains peuvent demander une aide juridique gratuite auprès des "
        "avocats.",
        "Nạn nhân của nạn buôn người có thể được giúp đỡ về nhà ở, y tế và pháp lý mà không cần giấy tờ hợp "
        "pháp.",
        "Ang mga biktima ng human trafficking ay maaaring humingi ng tulong sa pabahay at serbisyong legal "
        "dito.",
        "Ofiary handlu ludźmi mogą otrzymać bezpłatną pomoc prawną, schronienie oraz opiekę medyczną w "
        "Polsce.",
        "Жертвы торговли людьми могут получить бесплатную юридическую помощь, приют и медицинское "
        "обслуживание.",
        "يمكن لضحايا الاتجار بالبشر الحصول على المساعدة القانونية والسكن الآمن والرعاية الصحية مجانا في كل "
        "مكان",
        "人口贩运的受害者无论其移民身份如何，都可以获得安全的住房、法律援助和医疗服务，并且不必支付任何费用"
        "。",
        "인신매매 피해자는 이민 신분에 관계없이 안전한 주거와 법률 지원 및 의료 서비스를 받을 수 있습니다.",
        "Lorem ipsum dolor sit amet, consetetur sadipscing elitr, sed diam nonumy eirmod tempor invidunt ut "
        "labore.",
        "Adams County 12 14 19 22 Allen County 3 5 8 13 Bartholomew County 21 34 55 Benton County 1 2 3 5 8 "
        "13 21",
        "Smith, Jonathan R.; Nguyen, Thi Minh; Okafor, Benedict; Krzyzewski, Mstislav; Schwartz, Ptolemy; "
        "Hrvat, Ivo",
        "☐ ☐ ☐ Name ______________ Date ______________ Signature ______________ Phone ______________ ☐ ☐ ☐ ☐ "
        "☐"}) {
    CAPTURE(text);
    CHECK_FALSE(garbled(text));
  }
  CHECK_FALSE(garbled(kProse));
}

TEST_CASE("Letters that stand for other letters are garbage") {
  for (const int by : {-29, -3, 1, 3, 13}) {
    CAPTURE(by);
    CHECK(garbled(moved(kProse, by)));
  }
  CHECK(garbled(exchanged(kProse)));
}

TEST_CASE("Characters without a name are garbage when they are many") {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "\uf0b7\uf041 ";
  CHECK(garbled(text));
  text.clear();
  for (int i = 0; i < 60; ++i) text += "\ufffd\ufffd ";
  CHECK(garbled(text));
  text.clear();
  for (int i = 0; i < 60; ++i) text += "\x03\x12\x14 ";
  CHECK(garbled(text));
  CHECK_FALSE(garbled("\uf0b7 \uf0b7 \uf0b7"));
  CHECK_FALSE(garbled("\uf0b7 " + kProse + " \uf0b7 " + kProse));
}

TEST_CASE("Glyphs that no character stands for are garbage") {
  CHECK(is_garbled("", 500, 500));
  CHECK(is_garbled("12 14", 500, 400));
  CHECK_FALSE(is_garbled(kProse, 500, 20));
  CHECK_FALSE(is_garbled("", 12, 12));
}

TEST_CASE("Cyrillic by a Western table, and letters of all scripts in one word, are garbage") {
  CHECK(
      garbled("Æåðòâû òîðãîâëè ëþäüìè ìîãóò ïîëó÷èòü áåñïëàòíóþ þðèäè÷åñêóþ ïîìîùü, ïðèþò è ìåäèöèíñêîå "
              "îáñëóæèâàíèå"));
  CHECK(
      garbled("ଋҨǥ ƹୡȥ ഁୡࣧ Ҩഌʾ ಱೌб aଋҨ ǥbƹ ୡcȥ ഁୡࣧ Ҩഌʾ ಱೌб ଋҨǥ ƹୡȥ ഁୡࣧ Ҩഌʾ ಱೌб "
              "xଋҨ"));
}
