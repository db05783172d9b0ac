// The main function of the test programs where Catch2 (version 2) does not bring one as a library.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
