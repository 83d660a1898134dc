#compdef vnsearch
# Completion of vnsearch in zsh. Load it in ~/.zshrc after compinit:  source <(vnsearch completion zsh)
# zsh quotes for the line what it is offered; nothing of it is ever run.
_vnsearch() {
    local kind line
    local -a lines offered shown
    lines=("${(@f)$(command vnsearch complete-word zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    kind=$lines[1]
    for line in "${(@)lines[2,-1]}"; do
        offered+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  }")
    done
    case $kind in
        files) [[ $PREFIX == --*=* ]] && compset -P '*='; _files ;;
        folders) [[ $PREFIX == --*=* ]] && compset -P '*='; _files -/ ;;
        open) compadd -S '' -l -d shown -a offered ;;
        words) compadd -l -d shown -a offered ;;
    esac
}
if [[ $funcstack[1] == _vnsearch ]]; then
    _vnsearch "$@"
else
    compdef _vnsearch vnsearch
fi
