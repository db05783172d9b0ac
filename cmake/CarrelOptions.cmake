# Compiler settings that every target of the project shares, as the interface target carrel_options.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_library(carrel_options INTERFACE)
target_include_directories(carrel_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(carrel_options INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Wcast-qual -Woverloaded-virtual -Wno-missing-field-initializers
  $<$<BOOL:${CARREL_WERROR}>:-Werror>)
# g++ 12 sees overlapping copies in std::string where there are none (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(carrel_options INTERFACE -Wno-restrict)
endif()
target_compile_definitions(carrel_options INTERFACE CARREL_VERSION="${PROJECT_VERSION}")

if(CARREL_SANITIZE)
  target_compile_options(carrel_options INTERFACE -fsanitize=${CARREL_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(carrel_options INTERFACE -fsanitize=${CARREL_SANITIZE})
endif()
