#compdef carrel-search
# Completion of carrel-search for zsh.
_carrel-search() {
  local line
  local -a texts shown open_texts open_shown
  for line in "${(@f)$("${words[1]}" --complete $((CURRENT - 1)) -- "${(@Q)words[1,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    if [[ ${line%%$'\t'*} == *: ]]; then
      open_texts+=("${line%%$'\t'*}")
      open_shown+=("${line/$'\t'/  -- }")
    else
      texts+=("${line%%$'\t'*}")
      shown+=("${line/$'\t'/  -- }")
    fi
  done
  if (( ! $#texts && ! $#open_texts )); then
    _files
    return
  fi
  (( $#texts )) && compadd -l -d shown -a texts
  (( $#open_texts )) && compadd -l -S '' -d open_shown -a open_texts
}
if [[ $funcstack[1] == _carrel-search ]]; then
  _carrel-search "$@"
else
  compdef _carrel-search carrel-search
fi
