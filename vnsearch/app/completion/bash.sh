# Completion of vnsearch in bash. Load it in ~/.bashrc:  source <(vnsearch completion bash)
# What it is offered is text that was quoted for the line already; nothing of it is ever run.
_vnsearch() {
    local kind='' word
    COMPREPLY=()
    {
        IFS= read -r kind
        while IFS= read -r word; do COMPREPLY+=("$word"); done
    } < <(command vnsearch complete-word bash "${COMP_LINE:0:COMP_POINT}" "${COMP_WORDS[COMP_CWORD]}" 2>/dev/null)
    case $kind in
        files) compopt -o default 2>/dev/null ;;
        folders) compopt -o dirnames 2>/dev/null ;;
        open) compopt -o nospace 2>/dev/null ;;
    esac
}
complete -F _vnsearch vnsearch
