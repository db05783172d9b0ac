# Completion of carrel-search for fish.
function __carrel_search_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found (command $words[1] --complete (math (count $words) - 1) -- $words 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c carrel-search -f -a '(__carrel_search_complete)'
