# Completion of carrel-search for bash.
_carrel_search() {
  local words=() word i quote='' after prefix reply
  # bash cuts words at '=' and ':', which belong to options and fields.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((${#words[@]} > 1)) && [[ $word == [=:] || ${words[-1]} == *[=:] ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  after=${words[-1]##*[=:]}
  prefix=${words[-1]%"$after"}
  if [[ $after == [\"\']* ]]; then
    quote=${after:0:1}
    after=${after:1}
  fi
  words[-1]=$prefix${after//\\/}
  COMPREPLY=()
  while IFS=$'\t' read -r reply _; do
    reply=${reply#"$prefix"}
    if [[ $quote ]]; then
      COMPREPLY+=("$quote$reply$quote")
    else
      COMPREPLY+=("$(printf '%q' "$reply")")
    fi
  done < <("${COMP_WORDS[0]}" --complete $((${#words[@]} - 1)) -- "${words[@]}" 2>/dev/null)
  if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *[=:] ]]; then
    compopt -o nospace 2>/dev/null
  fi
}
complete -o default -F _carrel_search carrel-search
