# Completion of vnsearch in fish. Load it in config.fish:  vnsearch completion fish | source
# fish quotes for the line what it is offered; nothing of it is ever run.
function __vnsearch_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct | string collect)
    set -l lines (command vnsearch complete-word fish $before[2..-1] (string unescape -- "$current" | string collect -a) 2>/dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path "$current"
        case folders
            __fish_complete_directories "$current"
        case open words
            printf '%s\n' $lines[2..-1]
    end
end
complete -c vnsearch -f -a '(__vnsearch_complete)'
