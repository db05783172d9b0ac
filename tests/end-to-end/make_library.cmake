# Indexes the demonstration library once for all end-to-end tests: run by ctest as their fixture.
#   cmake -DINDEXER=… -DCORPUS=… -DOUT=… -P make_library.cmake
file(REMOVE_RECURSE "${OUT}")
file(MAKE_DIRECTORY "${OUT}")
execute_process(
  COMMAND "${INDEXER}" update --index "${OUT}/index" --catalog "${CORPUS}/catalog.csv" --report "${OUT}/report.json"
          "${CORPUS}/library"
  RESULT_VARIABLE code OUTPUT_FILE "${OUT}/out" ERROR_FILE "${OUT}/err")
file(WRITE "${OUT}/code" "${code}")
if(NOT EXISTS "${OUT}/report.json")
  file(READ "${OUT}/err" err)
  message(FATAL_ERROR "The demonstration library could not be indexed (exit code ${code}): ${err}")
endif()
